package dev.facefusion.runtime.engine.geometry;

/// How far a picture is turned, counter-clockwise.
public enum QuarterTurn {
    NONE,
    LEFT,
    RIGHT,
    HALF;

    /// The place in the upright picture of a point found in the turned one.
    ///
    /// @param width of the upright picture
    /// @param height of the upright picture
    public Point back(Point turned, int width, int height) {
        return switch (this) {
            case NONE -> turned;
            case LEFT -> new Point(width - turned.y(), turned.x());
            case RIGHT -> new Point(turned.y(), height - turned.x());
            case HALF -> new Point(width - turned.x(), height - turned.y());
        };
    }
}
