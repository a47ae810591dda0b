"""Words that a form suggests. Whatever else is typed is as good: units and bodies change.

The units are the specialist capabilities that forces usually count against a
threat; the threats' codes are those of the editions.
"""

from __future__ import annotations

FIREARMS = (
    "Authorised firearms officers",
    "Armed response vehicle crews",
    "Specialist firearms officers",
)
SURVEILLANCE = ("Surveillance officers, foot", "Surveillance officers, mobile")
NEGOTIATORS = ("Hostage and crisis negotiators",)
COMMANDERS = ("Firearms commanders, strategic", "Firearms commanders, tactical")
INVESTIGATION = ("Senior investigating officers, level 3", "Accredited detectives")

UNITS_BY_THREAT: dict[str, tuple[str, ...]] = {
    "terrorism": (
        "Counter terrorism specialist firearms officers",
        *FIREARMS,
        *COMMANDERS,
        *SURVEILLANCE,
        *NEGOTIATORS,
        "CBRN trained officers",
        "CBRN commanders",
        "Counter terrorism security advisers",
        "Prevent officers",
        "Explosives search dogs and handlers",
        "Police search teams",
    ),
    "public-order": (
        "Police support units",
        "Public order trained officers, level 1",
        "Public order trained officers, level 2",
        "Public order commanders, gold",
        "Public order commanders, silver",
        "Public order commanders, bronze",
        "Public order tactical advisers",
        "Evidence gatherers",
        "Police medics",
        "Protester removal officers",
        "Mounted officers",
        "Police liaison officers",
    ),
    "civil-emergencies": (
        "Disaster victim identification officers",
        "Casualty bureau call takers",
        "Casualty bureau managers",
        "CBRN trained officers",
        "Family liaison officers",
        "Police support units",
        "Police search teams",
        "Flood and water rescue officers",
        "Emergency planning officers",
        "Strategic commanders for major incidents",
    ),
    "serious-organised-crime": (
        *INVESTIGATION,
        *SURVEILLANCE,
        *FIREARMS,
        *NEGOTIATORS,
        "Covert operatives",
        "Source handlers",
        "Financial investigators",
        "Kidnap and extortion advisers",
        "Technical surveillance officers",
    ),
    "cyber": (
        "Cyber crime investigators",
        "Digital forensic examiners",
        "Digital media investigators",
        "Cyber protect officers",
        "Cyber prevent officers",
        "Intelligence analysts, cyber",
        "Special constables and volunteers with cyber skills",
    ),
    "child-sexual-abuse": (
        "Child abuse investigators, specialist trained",
        "Online child abuse investigators",
        "Victim identification officers",
        "Undercover online officers",
        "Digital forensic examiners",
        "Officers who manage sexual or violent offenders",
        "Officers trained to interview children",
    ),
    "violence-against-women-and-girls": (
        "Rape and serious sexual offences investigators",
        "Specially trained officers for sexual offences",
        "Domestic abuse investigators",
        "Stalking investigators",
        "Officers who manage sexual or violent offenders",
        "Independent advisers funded by the force",
    ),
}
# For a threat that none are listed for: what counts against any.
UNITS_OF_ANY = ("Police support units", *INVESTIGATION, "Intelligence analysts")

INSPECTORATES = (
    "HMICFRS",
    "HMIC",
    "Investigatory Powers Commissioner’s Office",
    "Independent Office for Police Conduct",
    "Information Commissioner’s Office",
    "Forensic Science Regulator",
    "College of Policing",
    "Home Office",
    "Internal audit",
)


def units_for(threat_code: str) -> tuple[str, ...]:
    return UNITS_BY_THREAT.get(threat_code, UNITS_OF_ANY)
