"""The Dutch words for numbers, months, "no" and "done".

Used by :mod:`kiosk.procedures.proofs.words`.
"""

from __future__ import annotations

STRONG_NEGATION = r"\b(?:niet|geen|nooit|niets|niemand)\b"
NEGATION = rf"{STRONG_NEGATION}|\b(?:nee|noch|zonder|behalve|tenzij|alleen|gratis|nergens)\b|\bverloren\b"

DONE = (
    r"\b(?:is|zijn) (?:al |nu )?(?:gedaan|geregeld|verstuurd|ingeschreven|aangegeven|aanvaard|afgerond)\b"
    r"|\bu bent nu (?:ingeschreven|verzekerd)\b"
)

MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)

SPELLED = {
    word: number
    for number, names in {
        1: "een één eerste",
        2: "twee tweede beide beiden",
        3: "drie derde",
        4: "vier vierde",
        5: "vijf vijfde",
        6: "zes zesde",
        7: "zeven zevende",
        8: "acht achtste",
        9: "negen negende",
        10: "tien tiende",
        12: "twaalf",
        15: "vijftien",
        20: "twintig",
        30: "dertig",
    }.items()
    for word in names.split()
}
