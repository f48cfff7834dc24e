"""FaceFusion's maths in float64, written from its contracts and apart from the engine, and stand-ins for its models."""
