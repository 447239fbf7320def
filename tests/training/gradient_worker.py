"""One of several processes that train together; writes its history and weights to a folder."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import gradient_fixtures as F  # noqa: N812
import torch

from maeum.training.listeners import Workspace


class Patch:
    def setattr(self, where, name, value):
        setattr(where, name, value)


def main(folder, rank, values):
    ear = F.Ear()
    folder = Path(folder)
    found = F.train(Patch(), data=F.dataset(53), validation=F.dataset(40, 1), dropout=0,
                    workspace=Workspace(folder, bool(values.pop("resume", False)), (ear,)), **values)  # fmt: skip
    torch.save(F.weights(found), folder / f"weights-{rank}.pt")
    (folder / f"heard-{rank}.json").write_text(json.dumps({"steps": ear.steps, "rows": ear.rows, "facts": ear.facts}))


if __name__ == "__main__":
    import os

    main(sys.argv[1], os.environ.get("RANK", "0"), json.loads(sys.argv[2]))
