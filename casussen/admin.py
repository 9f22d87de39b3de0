"""Where Django looks for the lists of /beheer/; they are in casussen/beheer/."""

from casussen.beheer import mensen, organisaties

__all__ = ["mensen", "organisaties"]
