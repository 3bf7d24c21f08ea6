"""The health of the guides as a page of the site, for the team: `health/`, in no list and no index."""

from balise.base.errors import UserError
from balise.check.baseline import BASELINE_FILE, read_baseline, without_known
from balise.check.pipeline import CheckSettings
from balise.health.history import has_history
from balise.health.html import render
from balise.health.matrix import health_of
from balise.health.model import RULES, State
from balise.publish.site_build import SiteBuild
from balise.workspace.sources import source_of

FOLDER = "health"


def write_health_page(build: SiteBuild) -> None:
    """Put the page among the files of a site that is built. Raises UserError where nothing was checked."""
    project, workspace, report = build.project, build.workspace, build.report
    if workspace is None or report is None:
        raise UserError("`health: true` tells of what a check finds: leave `check: false` away")
    root = project.configuration.root
    known = without_known(report, read_baseline(root / BASELINE_FILE), source_of, root)
    rules = {rule.name for rule in CheckSettings.of(project.configuration).rules}
    if not has_history(project.guides):
        rules -= {RULES[State.STALE]}
    structures = [
        collection.structure
        for root, collection in workspace.collections.items()
        if root == project.guides
    ]
    folder = build.staging.folder / FOLDER
    folder.mkdir(exist_ok=True)
    text = render(health_of(known, structures, rules))
    (folder / "index.html").write_text(text, encoding="utf-8", newline="\n")
