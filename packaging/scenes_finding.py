"""Pictures of the one search box: nothing typed yet, hits in groups, nothing found."""

from stage import Scene, Stage


def _look_for(stage: Stage, words: str) -> None:
    stage.page("cases")
    stage.press("F3")
    if words:
        stage.write("搜索全部", words)
        stage.settle()


FINDING: tuple[Scene, ...] = (
    Scene("finding", "empty", lambda stage: _look_for(stage, "")),
    Scene("finding", "filled", lambda stage: _look_for(stage, "退货")),
    Scene("finding-shop", "filled", lambda stage: _look_for(stage, "jx")),
    Scene("finding", "error", lambda stage: _look_for(stage, "没有这样的字")),
)
