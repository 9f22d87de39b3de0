"""The site's addresses: the application, signing in and out, and the screen of the manager."""

from allauth.account import views as account
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

urlpatterns = [
    path("", include("casussen.urls")),
    path("inloggen/", login_not_required(account.login), name="account_login"),
    path("uitloggen/", account.logout, name="account_logout"),
    path("beheer/", admin.site.urls),
]
