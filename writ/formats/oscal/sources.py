"""The files that a profile imports: found beside it, or among those that are given; never fetched."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from writ.diagnostics import Diagnostic
from writ.formats.oscal.codes import Refused, finding
from writ.formats.oscal.outline import Outline
from writ.formats.oscal.reading import Document, read_file

_PREFERRED = ("json", "yaml", "yml", "xml")


class Sources:
    """The files that profiles may import: those beside the profile, and those that are given."""

    def __init__(self, given: list[Path] | None = None) -> None:
        self.given = list(given or [])
        self.read: dict[Path, tuple[Document | None, list[Diagnostic]]] = {}
        self.outlines: dict[Path, Outline | None] = {}

    def find(self, profile: Document, href: str) -> Path:
        """The file of the document that a profile imports.

        A path is looked for beside the profile, then by its last part among the files given; a single catalogue that
        was given answers for any path.

        Raises:
            Refused: it is not at hand.
        """
        paths = self._paths(profile, href)
        folder = Path(profile.file).parent
        tried = [folder / unquote(path) for path in paths if "://" not in path]
        names = {PurePosixPath(unquote(path)).name for path in paths}
        tried += [each for each in self.given if each.name in names]
        file = next((each for each in tried if each in self.read or each.is_file()), None)
        file = file or self._only()
        if file is None:
            said = f"`{href}` is not at hand"
            shown = ", ".join(sorted(names)) or "no file"
            help = f"it stands for {shown}; name the file as well"
            raise Refused(finding("X405", said, profile.file, help))
        return file

    def outline(self, file: Path) -> Outline | None:
        """The outline of a catalogue in JSON; None of any other file, and of one that is to be read as a whole."""
        if file not in self.outlines and file not in self.read:
            self.outlines[file] = Outline.of(file)
        return self.outlines.get(file)

    def document(self, file: Path) -> tuple[Document, list[Diagnostic]]:
        """The document in a file, and what is to be said about it.

        Raises:
            Refused: it cannot be read.
        """
        document, found = self._document(file)
        if document is None:
            raise Refused(*found)
        return document, found

    def _document(self, file: Path) -> tuple[Document | None, list[Diagnostic]]:
        if file not in self.read:
            self.read[file] = read_file(file)
        return self.read[file]

    def _only(self) -> Path | None:
        """The one catalogue among the files given."""
        found = []
        for file in self.given:
            if self.outline(file) is not None:
                found.append(file)
            else:
                document, _ = self._document(file)
                if document is not None and document.kind == "catalog":
                    found.append(file)
        return found[0] if len(found) == 1 else None

    def _paths(self, profile: Document, href: str) -> list[str]:
        """The path itself, or the paths of the resource that `#uuid` names, the quickest form to read first."""
        if not href.startswith("#"):
            return [href.removeprefix("file://")]
        resources = profile.data.get("back-matter", {}).get("resources", ())
        for resource in resources:
            if resource["uuid"] == href[1:]:
                links = [one["href"] for one in resource.get("rlinks", ())]
                order = {form: number for number, form in enumerate(_PREFERRED)}
                return sorted(links, key=lambda one: order.get(one.rpartition(".")[2], 9))
        said = f"the back matter has no resource `{href[1:]}`"
        raise Refused(finding("X405", said, profile.file))
