"""The words of the mail with a customer's link, by language; English for every other one.

>>> words_for("de-AT").subject, words_for("zh").subject
('Ihr Verbrauch und Ihre Rechnungen', 'Your usage and your invoices')
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Words(NamedTuple):
    """`until` has the place of a day."""

    subject: str
    opens: str
    until: str
    keep: str


_WORDS: Final = {
    "en": Words(
        "Your usage and your invoices",
        "This link shows your usage of today, what is left of your allowances and your invoices:",
        "It works until {day}.",
        "Whoever has the link can read the page, without a password. Do not pass it on.",
    ),
    "de": Words(
        "Ihr Verbrauch und Ihre Rechnungen",
        "Dieser Link zeigt Ihren heutigen Verbrauch, was von Ihren Inklusivmengen übrig ist, und Ihre Rechnungen:",
        "Er gilt bis {day}.",
        "Wer den Link hat, kann die Seite lesen, ohne Passwort. Geben Sie ihn nicht weiter.",
    ),
    "fr": Words(
        "Votre consommation et vos factures",
        "Ce lien montre votre consommation du jour, ce qui reste de vos forfaits et vos factures :",
        "Il est valable jusqu’au {day}.",
        "Quiconque a le lien peut lire la page, sans mot de passe. Ne le transmettez pas.",
    ),
    "es": Words(
        "Su consumo y sus facturas",
        "Este enlace muestra su consumo de hoy, lo que queda de su consumo incluido y sus facturas:",
        "Es válido hasta el {day}.",
        "Quien tenga el enlace puede leer la página, sin contraseña. No lo comparta.",
    ),
}


def words_for(language: str | None) -> Words:
    """`language` is a BCP 47 tag, `None` where nobody has said."""
    return _WORDS.get((language or "en").lower().partition("-")[0], _WORDS["en"])
