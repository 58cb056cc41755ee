import io

from rich.console import Console

from fair_study import make_study
from wavedeck.cli.rehearse import Request, show_rehearsal


def shown(tmp_path, published: str, **asked: object) -> str:
    screen = io.StringIO()
    request = Request(**{"waves": (), "seed": None, "targets": True, "into": None, **asked})
    show_rehearsal(Console(file=screen, width=160), make_study(tmp_path, published), tmp_path, request)
    return screen.getvalue()


def test_rehearse_counts_targets_by_wave_and_part(tmp_path):
    told = shown(tmp_path, "overall/2024=7.3 came.bus/2024=24")
    assert "Study 'fair': 580 made-up respondents, 2 of 2 targets reached." in told
    assert "Not reached" not in told


def test_rehearse_tells_what_was_not_reached_and_why(tmp_path):
    told = shown(tmp_path, "came.bus/2024=80 came.car/2024=40", waves=("2024",))
    assert "guests/came." in told
    assert "contradicts" in told
    assert "280 made-up respondents" in told


def test_rehearse_without_targets_says_so(tmp_path):
    assert "no targets" in shown(tmp_path, "overall/2024=7.3", targets=False)
