"""
A bureau for trials.
"""

from hashlib import sha256

from fieldops_core.customers.model import CreditInquiry, CreditReport

NAME = "sandbox"


class SandboxBureaus:
    """
    Asks nobody: makes up a score from 300 to 850, the same for the same name and postal code, and says so. Whose name
    holds ``unknown`` has no score. It never looks at what is secret.
    """

    names = (NAME,)

    def run(self, inquiry: CreditInquiry) -> CreditReport:
        number = sha256(f"{inquiry.name}|{inquiry.address.postal_code}".encode()).hexdigest()
        score = None if "unknown" in inquiry.name.casefold() else 300 + int(number, 16) % 551
        return CreditReport(score=score, tracking_number=f"SANDBOX-{number[:12]}", sandbox=True)
