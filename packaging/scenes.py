"""Every picture that is drawn: one line a scene, in the order of the rail."""

from stage import Scene

SCENES: tuple[Scene, ...] = ()
