"""Photos with faces to send, and a look at the pictures that come back."""

import json
import pathlib

import schemathesis
from hypothesis import strategies as st

PHOTOS = pathlib.Path(__file__).parents[2] / "runtime-image/models/photos"
SIGNATURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}

# Left to itself, schemathesis makes pictures of one pixel: none would get past the search for a face.
for media_type, photo in {"image/png": "astronaut.png", "image/jpeg": "grace_hopper.jpg"}.items():
    schemathesis.openapi.media_type(media_type, st.just((PHOTOS / photo).read_bytes()))


# Beside such parts it sends every other required one empty, so that consent needs a rule of its own.
references = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=256)
schemathesis.openapi.media_type("text/plain", references)


@schemathesis.deserializer("image/png", "image/jpeg")
def picture(ctx, response):
    media_type = response.headers["content-type"][0]
    assert response.content.startswith(SIGNATURES[media_type]), f"no {media_type}: {response.content[:8]!r}"
    return "a picture"


def ends_before_it_starts(options):
    """What a schema cannot say."""
    ages = [options.get("face_selector_age_start", 0), options.get("face_selector_age_end", 100)]
    return all(isinstance(age, (int, float)) for age in ages) and ages[1] < ages[0]


def options_of(case):
    options = case.body.get("options") if isinstance(case.body, dict) else None
    if isinstance(options, (str, bytes)):
        try:
            options = json.loads(options)
        except ValueError:
            options = None
    return options if isinstance(options, dict) else {}


@schemathesis.hook
def filter_case(context, case):
    # It holds a header that nobody described to be invalid. In HTTP a server ignores such headers.
    known = "x-schemathesis-unknown-property" not in (case.headers or {})
    return known and not ends_before_it_starts(options_of(case))
