r"""Knows how files are changed: bytes of a YAML file in place, one writer at a time, several files as one.

Whoever changes a district does it so::

    from xqctl.edit import lock, transaction
    from xqctl.edit.patches import Put, Remove, Rename, patched   # imports the YAML parser: import it late

    with lock(root):                       # one writer at a time, also between processes; finishes what was cut off
        folder = …                         # read under the lock, with `load`: what was read before may be old
        raw = folder.files[file]
        new = patched(raw, [Put(("bookings", "甲校借琴房", "state"), "granted")])
        transaction(root, {file: new})     # every reader sees all of it or nothing, also after a kill at any moment

* `patches.patched(raw, edits) -> bytes`: edits at routes, done one after the other; everything else stays byte for
  byte: comments, order, quoting, line ends, byte order mark, last line end. `Put(keys, value)` sets a value, or adds
  what is not there, with the mappings above it; a mapping put over a mapping changes only the fields that differ.
  `Remove(keys)` takes an entry or a list's item out, `Rename(keys, new)` gives a key another name. Keys are text, a
  list's positions too (``"0"``, and its length to append). What cannot be done exactly raises `patches.CannotEdit`
  (`message`, `keys`), and nothing wrong is ever written: the result is read again and held against the data it should
  have.
* `patches.written(data) -> bytes`: a new file with that data, laid out as we lay files out.
* `emit.scalar`, `emit.block`, `emit.flow`: plain data as YAML text, quoted only where some reader needs it.
* `lock(root, wait=10)`: a context manager; `Fault` (exit code 4) where somebody else keeps it, or it cannot be made.
* `transaction(root, changes)`: new bytes by path (as `load` shows it, or below the root), None to delete. Call it with
  the lock held. Raises `Fault` (exit code 4) with nothing changed where a file cannot be written.
* `write_whole(path, content)`: one file that belongs to no district (a report, an export). Raises `OSError`.
* `write_together(folder, files)`: several such files in one folder, all ready before the first appears.

`load` sees a district through `journal.overlay`: after a kill between commit and the last rename it reads the new
content, and the next `lock` finishes the renames.
"""

from xqctl.edit.files import write_together, write_whole
from xqctl.edit.journal import transaction
from xqctl.edit.locks import lock

__all__ = ["lock", "transaction", "write_together", "write_whole"]
