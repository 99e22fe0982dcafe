"""The warning signs, in the program's own words. It says no more than its sources allow.

Stop signs: Geisinger, Allina Health. Back pain signs: Northern Health and Social Care Trust, Norfolk and
Waveney community health. Traffic light of pain: AHP Suffolk. Ordinary soreness: NHS inform; Henschke and Lin,
BJSM 2011.
"""

from __future__ import annotations

from dataclasses import dataclass

SHORT = (
    "Mild effort and a mild pull are fine. Pain is not. Stop if something feels wrong. Press !, or run "
    "prehab safety, for warning signs."
)
"""Shown at the start of every routine."""

FIRST_RUN = (
    "This program times exercises and keeps a diary. It cannot examine you and it does not give medical "
    "advice. If you are pregnant, have a heart, bone or nerve condition, had a recent injury or "
    "operation, or a clinician told you to limit exercise, ask them before you start."
)
"""Stands before the first session."""


@dataclass(frozen=True, slots=True)
class Warnings:
    """Signs that call for the same thing."""

    heading: str
    signs: tuple[str, ...]


SIGNS: tuple[Warnings, ...] = (
    Warnings(
        "Stop right now and call your emergency number (112, 911, 999) if you have",
        (
            "chest pain or pressure, or pain spreading to the arm, neck, jaw or between the shoulder blades",
            "severe breathlessness that rest does not settle",
            "fainting, or nearly",
            "a cold sweat, or being sick with it",
            "sudden weakness, numbness, confusion, or trouble speaking or seeing",
        ),
    ),
    Warnings(
        "Stop training and get it seen",
        (
            "pain on one spot of bone, or a one-sided deep ache in the low back, buttock or groin that "
            "grows with each run, hurts on hopping or at night: stop running",
            "one calf swollen, warm and painful: do not roll or stretch it, urgent care",
            "severe muscle pain with very dark urine: emergency",
            "fever: no training",
        ),
    ),
    Warnings(
        "Back pain: go to an emergency department now if it comes with",
        (
            "numbness or tingling around the genitals, buttocks or back passage, or a change in sexual "
            "feeling or function",
            "trouble starting to pee, not being able to pee, not feeling it, or losing control of bladder "
            "or bowel",
            "pain, numbness or weakness in both legs, or legs that are getting weaker",
            "chest pain",
            "a serious accident or fall just before it (in older people, or with osteoporosis or long "
            "steroid use, even a small one)",
        ),
    ),
    Warnings(
        "Back pain: get an urgent doctor's appointment if you also have",
        (
            "fever, or feel very unwell",
            "weight loss you cannot explain",
            "a lump, swelling or change of shape in the back",
            "pain that does not ease with rest, or is worse lying down or at night",
            "pain high up between the shoulders",
            "pain made worse by coughing or sneezing",
            "a past cancer",
            "trouble walking steadily",
            "one leg getting weak",
        ),
    ),
    Warnings(
        "Book an ordinary visit if",
        (
            "the back is no better after 2 weeks of gentle exercise, or a few weeks at most",
            "muscle soreness lasts over 5 days or gets worse",
            "numbness or pins and needles in a leg have not gone after a week",
            "the same pain comes back every run",
        ),
    ),
)

ORDINARY = (
    "Achy, stiff muscles a day or two after a run are common, peak around 48 hours and usually fade in 2 "
    "to 5 days. One central aching spot in the low back after every run is worth tracking, and worth "
    "showing to a physio if it does not improve."
)

DURING = (
    "During a routine: pain 0 to 3 carry on; 4 to 5 ease off or skip the step; 6 to 10 stop. Sharp, "
    "sudden, shooting or electric pain: stop, whatever the number."
)


def visit() -> str:
    """When somebody should be seen, without hurry."""
    return "\n".join((f"{SIGNS[-1].heading}:", *(f"  - {sign}" for sign in SIGNS[-1].signs)))


def text() -> str:
    """The whole of it as paragraphs and lists, unwrapped."""
    parts = [SHORT, ""]
    for warnings in SIGNS:
        parts += [f"{warnings.heading}:", *(f"  - {sign}" for sign in warnings.signs), ""]
    return "\n".join([*parts, f"Ordinary soreness: {ORDINARY}", "", DURING])
