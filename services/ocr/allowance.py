"""The seconds one page may take."""

from dataclasses import dataclass, field
from time import monotonic

from services.dossier.errors import CannotProceed
from services.wording import sentence


@dataclass(frozen=True, slots=True)
class Allowance:
    """Begins when it is made; what works on the page asks it between its steps."""

    seconds: float
    began: float = field(default_factory=monotonic)

    def check(self) -> None:
        """Go on, if there is time.

        Raises:
            CannotProceed: the page has used its seconds up.
        """
        if monotonic() - self.began > self.seconds:
            raise CannotProceed(sentence("ocr.page_too_slow", seconds=round(self.seconds)))
