"""The German words for numbers, months, "no" and "done".

Used by :mod:`kiosk.procedures.proofs.words`.
"""

from __future__ import annotations

STRONG_NEGATION = r"\b(?:nicht|kein(?:e[nmrs]?)?|nie|niemals|nichts|niemand(?:em|en)?)\b"
NEGATION = (
    rf"{STRONG_NEGATION}|\b(?:nein|weder|noch nie|ohne|außer|nur|nirgends|kostenlos|sofort)\b"
    r"|\bverloren\b|\bungeboren\w*"
)

DONE = (
    r"\b(?:ist|sind) (?:schon |bereits |jetzt )?"
    r"(?:erledigt|gesendet|abgeschickt|angemeldet|gemeldet|angenommen|abgeschlossen)\b"
    r"|\bSie sind jetzt (?:angemeldet|versichert)\b"
)

MONTHS = (
    *("januar", "februar", "märz", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "dezember"),
)

SPELLED = {
    word: number
    for number, names in {
        1: "ein eine einen einem einer eines erste ersten erstes",
        2: "zwei zweite zweiten beide beiden beider",
        3: "drei dritte dritten",
        4: "vier vierte vierten",
        5: "fünf fünfte fünften",
        6: "sechs sechste sechsten",
        7: "sieben siebte siebten",
        8: "acht achte achten",
        9: "neun neunte neunten",
        10: "zehn zehnte zehnten",
        12: "zwölf",
        15: "fünfzehn",
        20: "zwanzig",
        30: "dreißig",
    }.items()
    for word in names.split()
}
