"""Knows the shape of documents: a fast engine says whether one is right, the reference engine what is wrong with it.

`jsonschema-rs` looks at every file; `jsonschema` is imported only for files it refuses, and its errors become one
sentence each, at the key or value that is wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from xqctl.findings import Problem
from xqctl.load import MAIN, Document, Folder
from xqctl.messages import msg
from xqctl.place import Keys, Route
from xqctl.schema.engines import KINDS, PARTY_KINDS, faults, is_valid, schema
from xqctl.schema.sentences import explained

__all__ = ["KINDS", "PARTY_KINDS", "Shaped", "faults", "is_valid", "schema", "shape"]


@dataclass(frozen=True, slots=True)
class Shaped:
    """What is wrong with the shape of a folder's documents, and which entries may not be read because of it.

    `unsound` are, by file, the routes that are wrong, in their shape or as text; `above` all on the way to them.
    """

    problems: tuple[Problem, ...]
    unsound: Mapping[str, frozenset[Keys]]
    above: Mapping[str, frozenset[Keys]]

    def is_unsound(self, file: str, keys: Keys) -> bool:
        """Whether an entry, or the collection around it, has the wrong shape."""
        if file not in self.unsound:
            return False
        bad = self.unsound[file]
        return keys in self.above[file] or any(keys[:length] in bad for length in range(len(keys) + 1))


def shape(folder: Folder) -> Shaped:
    """Holds every document against the joined schema."""
    problems: list[Problem] = []
    unsound = {document.file: document.spoiled for document in folder.documents if document.spoiled}
    has_district = False
    for document in folder.documents:
        has_district |= isinstance(document.data, dict) and "district" in document.data
        if not document.whole:
            unsound[document.file] = frozenset(((),))
        elif not is_valid(document.data):
            found = list(explained(document.file, document.data))
            wrong = frozenset(problem.where.keys for problem in found if isinstance(problem.where, Route))
            unsound[document.file] = wrong | document.spoiled
            problems += (p for p in found if not _is_spoiled(document, p))
    main = next((d for d in folder.documents if d.file.rsplit("/", 1)[-1] == MAIN), None)
    if not has_district and main is not None and main.whole:
        message = msg("no file here says which district this is")
        help_ = msg("write `district: {{name: …, level: district}}` into {main}", main=MAIN)
        problems.append(Problem(Route(main.file), message, help_, code="XQS001"))
    above = {
        file: frozenset(route[:length] for route in routes for length in range(len(route) + 1))
        for file, routes in unsound.items()
    }
    return Shaped(tuple(problems), unsound, above)


def _is_spoiled(document: Document, problem: Problem) -> bool:
    """Whether a text-level finding already speaks of this very place."""
    where = problem.where
    return isinstance(where, Route) and where.keys in document.spoiled
