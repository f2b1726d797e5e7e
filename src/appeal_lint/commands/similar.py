"""`appeal-lint similar`: sentences that letters of different clients share."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from appeal_lint.errors import InputError
from appeal_lint.reuse.find import Pair, Shared, Source
from appeal_lint.settings import Settings, letter_settings, shared_options


@click.command("similar", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--by",
    type=click.Choice(["folder", "letter"]),
    help="Who is one client: a folder, or every letter (default: a folder, if there are several).",
)
@click.option("--most", type=click.IntRange(min=1), default=20, help="Entries shown (default: 20).")
@click.option("--output-format", "-f", type=click.Choice(["text", "json"]), default="text")
@shared_options
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[str, ...],
    by: str | None,
    most: int,
    output_format: str,
    settings: Settings,
) -> None:
    """Find sentences that letters of different clients share, word for word or nearly.

    Reviewers who read the same wording twice refuse both letters. The exit code is 1 when
    something is shared.
    """
    from appeal_lint.drafts import load_drafts
    from appeal_lint.options import FileOptions
    from appeal_lint.reuse.find import pairs, shared
    from appeal_lint.reuse.passages import known_passages

    config_of = letter_settings(settings, lambda c: c)
    loaded, problems = load_drafts(paths, FileOptions().search, config_of)
    for problem in problems:
        raise InputError(problem.message, path=problem.path)
    config = config_of(Path(paths[0]))
    drafts = [each.draft for each in loaded]
    clients = clients_of([draft.path for draft in drafts], by)
    known = known_passages([draft.text for draft in drafts], config.cache)
    sources = [
        Source(draft.path, draft.text, client, own)
        for draft, client, own in zip(drafts, clients, known)
    ]
    found = shared(sources)
    close = pairs(sources, found)
    if output_format == "json":
        click.echo(json.dumps(_data(sources, found, close), ensure_ascii=False, indent=2))
    else:
        _tell(sources, found, close, most, config.lang)
    context.exit(int(bool(found)))


def clients_of(paths: Sequence[str], by: str | None) -> list[str]:
    """Whose each letter is: its folder's, or its own where all stand in one folder."""
    folders = [str(Path(path).parent) for path in paths]
    if by == "letter" or (by is None and len(set(folders)) < 2):
        return list(paths)
    return folders


def _line(source: Source, start: int) -> int:
    return source.text.count("\n", 0, start) + 1


def _data(
    sources: Sequence[Source], found: Sequence[Shared], close: Sequence[Pair]
) -> dict[str, object]:
    return {
        "schema_version": 1,
        "letters": len(sources),
        "pairs": [
            {
                "letters": [sources[pair.one].path, sources[pair.other].path],
                "words": pair.words,
                "percent": pair.percent,
            }
            for pair in close
        ],
        "shared": [
            {
                "words": each.words,
                "letters": each.letters,
                "places": [
                    {
                        "path": sources[place.letter].path,
                        "line": _line(sources[place.letter], place.span.start),
                        "start": place.span.start,
                        "end": place.span.end,
                    }
                    for place in each.places
                ],
            }
            for each in found
        ],
    }


def _tell(
    sources: Sequence[Source],
    found: Sequence[Shared],
    close: Sequence[Pair],
    most: int,
    lang: str,
) -> None:
    from appeal_lint.plain import one_line
    from appeal_lint.terminal import width_of_terminal, wrap
    from appeal_lint.texts import counted, text

    if not found:
        click.echo(text("similar.none", lang, count=len(sources)))
        return
    width = width_of_terminal()
    click.echo(text("similar.pairs", lang))
    for pair in close[:most]:
        line = text(
            "similar.pair",
            lang,
            one=sources[pair.one].path,
            other=sources[pair.other].path,
            words=pair.words,
            percent=pair.percent,
        )
        click.echo("\n".join(wrap(line, width, "    ", "  ")))
    click.echo("")
    click.echo(text("similar.sentences", lang))
    for each in found[:most]:
        place = each.places[0]
        words = one_line(sources[place.letter].text[place.span.start : place.span.end])
        head = counted("similar.letters", lang, each.letters)
        click.echo("\n".join(wrap(f'{head}: "{words}"', width, "    ", "  ")))
        for other in each.places[:4]:
            source = sources[other.letter]
            click.echo(f"      {one_line(source.path)}:{_line(source, other.span.start)}")
        if len(each.places) > 4:
            click.echo(f"      … (+{len(each.places) - 4})")
    if len(found) > most:
        click.echo(counted("similar.more", lang, len(found) - most))
