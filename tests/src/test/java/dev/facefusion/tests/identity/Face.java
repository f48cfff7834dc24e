package dev.facefusion.tests.identity;

/// Where the one face of a picture lies, in pixels of that picture.
///
/// @param width of the detector's box
/// @param roll of the line between the eyes, in radians, positive clockwise
record Face(double centreX, double centreY, double width, double roll) {}
