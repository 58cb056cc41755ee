"""What the report of a wave will leave out or lack, as far as the study's files tell."""

from __future__ import annotations

from collections.abc import Iterator

from wavedeck.study.findings import Finding
from wavedeck.study.indicators import GrossIndicator, ResponseRateIndicator
from wavedeck.study.load import Study
from wavedeck.study.paths import shown
from wavedeck.study.yaml_lines import read_yaml


def slides_left_out(study: Study, wave: str) -> Iterator[Finding]:
    """Yield a note for each slide that earlier waves have and this one does not."""
    file = read_yaml(study.folder / "deck.yaml")
    before = study.waves_until(wave)[:-1]
    for place, slide in enumerate(study.deck.slides):
        stands = slide.waves or []
        if stands and wave not in stands and set(stands) & set(before):
            only = f"slide '{slide.id}' stands in {', '.join(stands)} only"
            yield Finding(
                severity="note",
                rule="slide_left_out",
                file=shown(file.path),
                row=file.line(("slides", place)),
                message=f'{only}; add "{wave}" to its waves: if it should come back',
            )


def gross_lacking(study: Study, wave: str) -> Iterator[Finding]:
    """Yield a warning for each part whose response is reported while its gross sample is not declared."""
    file = read_yaml(study.folder / "study.yaml")
    for part, declared in study.parts_in(wave).items():
        names = _counted(study, part, wave)
        if names and wave not in declared.gross:
            lacks = f"no gross sample for {wave} under parts.{part}.gross in study.yaml"
            yield Finding(
                severity="warning",
                rule="gross_lacking",
                file=shown(file.path),
                row=file.line(("parts", part, "gross")),
                message=f"{lacks}; {', '.join(names)} will have no figure",
            )


def _counted(study: Study, part: str, wave: str) -> list[str]:
    return [
        name
        for name, one in study.indicators.indicators.items()
        if isinstance(one, GrossIndicator | ResponseRateIndicator)
        and (one.parts is None or part in one.parts)
        and (one.waves is None or wave in one.waves)
    ]
