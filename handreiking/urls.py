"""The site's addresses: the application, signing in and out, and the screen of the manager."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from allauth.usersessions import views as sessies
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.db.transaction import atomic
from django.urls import include, path
from django.views.generic import RedirectView

from handreiking import aanbieder, werkaccount
from handreiking.views import mijn_account

urlpatterns = [
    path("", include("casussen.urls")),
    path("inloggen/", login_not_required(account.login), name="account_login"),
    # The names and the argument are those of allauth; without a provider (OIDC_ISSUER) both pages do not exist.
    path("inloggen/werkaccount/", werkaccount.begin, {"provider_id": "werkaccount"}, name="openid_connect_login"),
    path(
        "inloggen/werkaccount/terug/",
        werkaccount.terug,
        {"provider_id": "werkaccount"},
        name="openid_connect_callback",
    ),
    path("inloggen/werkaccount/opnieuw/", werkaccount.opnieuw, name="werkaccount_opnieuw"),
    path("uitloggen/", account.logout, name="account_logout"),
    path("inloggen/code/", mfa.authenticate, name="mfa_authenticate"),
    path("inloggen/passkey/", login_not_required(passkey.login_webauthn), name="mfa_login_webauthn"),
    path("wachtwoord-vergeten/", account.password_reset, name="account_reset_password"),
    path("wachtwoord-vergeten/verstuurd/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "wachtwoord-vergeten/klaar/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path(
        "wachtwoord-vergeten/<str:uidb36>/<str:key>/",
        atomic(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    # The own account. What changes it is one transaction with its line in the log.
    path("account/", mijn_account, name="account"),
    path("account/wachtwoord/", atomic(account.password_change), name="account_change_password"),
    # Whoever has no password signs in elsewhere, and gets none here.
    path("account/wachtwoord/geen/", RedirectView.as_view(pattern_name="account"), name="account_set_password"),
    path("account/apparaten/", sessies.list_usersessions, name="usersessions_list"),
    path("account/opnieuw/", account.reauthenticate, name="account_reauthenticate"),
    path("account/opnieuw/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/opnieuw/passkey/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/tweede-stap/", mfa.index, name="mfa_index"),
    path("account/tweede-stap/app/", atomic(totp.activate_totp), name="mfa_activate_totp"),
    path("account/tweede-stap/app/weg/", atomic(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/tweede-stap/passkeys/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("account/tweede-stap/passkeys/nieuw/", atomic(passkey.add_webauthn), name="mfa_add_webauthn"),
    path("account/tweede-stap/passkeys/<int:pk>/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/tweede-stap/passkeys/<int:pk>/weg/", atomic(passkey.remove_webauthn), name="mfa_remove_webauthn"),
    path("account/tweede-stap/herstelcodes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/tweede-stap/herstelcodes/nieuw/",
        atomic(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/tweede-stap/herstelcodes/bestand/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("beheer/", admin.site.urls),
    *aanbieder.urls(),
]

handler400 = "casussen.views.fouten.niet_te_lezen"
handler429 = "casussen.views.fouten.te_vaak"
handler500 = "casussen.views.fouten.fout_bij_ons"
