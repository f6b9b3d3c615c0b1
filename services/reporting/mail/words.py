"""The words of mails to people who work here, by language; English for every other one.

>>> words_for("de-AT").invitation.subject, words_for("zh").invitation.subject
('Ihr Zugang zu Meterlog', 'Your access to Meterlog')
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Language = Literal["en", "de", "fr", "es"]
"""The languages that mails are written in, as the console is."""


class Linked(NamedTuple):
    """A mail with a link; `said` has the place of the hours that it works for."""

    subject: str
    said: str


class Words(NamedTuple):
    """`attached` and `fetched` have the places of a title, an instant and a number of rows, `fetch_within` of hours."""

    invitation: Linked
    reset: Linked
    once: str
    attached: str
    fetched: str
    fetch_within: str
    because: str


_WORDS: Final = {
    "en": Words(
        Linked(
            "Your access to Meterlog", "You have been invited to Meterlog. Set your password here, within {h} hours:"
        ),
        Linked(
            "A new password for Meterlog",
            "An administrator has made you a link to set another password, within {h} hours:",
        ),
        "It works once. Whoever did not expect this mail can leave it alone.",
        "{title} is attached, as of {at} UTC: {rows} rows.",
        "{title} is made, as of {at} UTC: {rows} rows. It is too large for a mail.",
        "Fetch it within {h} hours:",
        "You get this because of the schedule “{name}” in Meterlog.",
    ),
    "de": Words(
        Linked(
            "Ihr Zugang zu Meterlog",
            "Sie wurden zu Meterlog eingeladen. Legen Sie innerhalb von {h} Stunden hier Ihr Passwort fest:",
        ),
        Linked(
            "Ein neues Passwort für Meterlog",
            "Über diesen Link eines Administrators legen Sie innerhalb von {h} Stunden ein anderes Passwort fest:",
        ),
        "Er gilt einmal. Wer diese E-Mail nicht erwartet hat, braucht nichts zu tun.",
        "{title} ist angehängt, Stand {at} UTC: {rows} Zeilen.",
        "{title} ist erstellt, Stand {at} UTC: {rows} Zeilen. Die Datei ist zu groß für eine E-Mail.",
        "Holen Sie sie innerhalb von {h} Stunden ab:",
        "Sie erhalten dies wegen des Zeitplans „{name}“ in Meterlog.",
    ),
    "fr": Words(
        Linked(
            "Votre accès à Meterlog",
            "Vous êtes invité sur Meterlog. Choisissez votre mot de passe ici, dans les {h} heures :",
        ),
        Linked(
            "Un nouveau mot de passe pour Meterlog",
            "Par ce lien d’un administrateur, choisissez un autre mot de passe dans les {h} heures :",
        ),
        "Il ne fonctionne qu’une fois. Si vous n’attendiez pas ce message, ignorez-le.",
        "{title} est joint, état au {at} UTC : {rows} lignes.",
        "{title} est prêt, état au {at} UTC : {rows} lignes. Le fichier est trop volumineux pour un e-mail.",
        "Récupérez-le dans les {h} heures :",
        "Vous recevez ce message en raison de la planification « {name} » dans Meterlog.",
    ),
    "es": Words(
        Linked(
            "Su acceso a Meterlog",
            "Le han invitado a Meterlog. Elija su contraseña aquí, en un plazo de {h} horas:",
        ),
        Linked(
            "Una contraseña nueva para Meterlog",
            "Con este enlace de un administrador puede elegir otra contraseña, en un plazo de {h} horas:",
        ),
        "Funciona una sola vez. Si no esperaba este mensaje, no tiene que hacer nada.",
        "Se adjunta {title}, a fecha de {at} UTC: {rows} filas.",
        "{title} está listo, a fecha de {at} UTC: {rows} filas. El archivo es demasiado grande para un correo.",
        "Descárguelo en un plazo de {h} horas:",
        "Recibe este mensaje por la programación «{name}» de Meterlog.",
    ),
}


def words_for(language: str) -> Words:
    """`language` is a BCP 47 tag."""
    return _WORDS.get(language.lower().partition("-")[0], _WORDS["en"])
