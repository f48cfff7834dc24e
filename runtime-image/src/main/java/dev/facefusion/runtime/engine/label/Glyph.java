package dev.facefusion.runtime.engine.label;

import java.util.List;

/// A letter as a bitmap of its own, drawn for this project: no font is needed, and none's licence.
///
/// @param rows [#HEIGHT] of them, all of one width; a dot is paper, anything else is ink
record Glyph(List<String> rows) {

    static final int HEIGHT = 14;

    Glyph {
        rows = List.copyOf(rows);
        if (rows.size() != HEIGHT
                || rows.stream().mapToInt(String::length).distinct().count() > 1) {
            throw new IllegalArgumentException("a glyph is %d equal rows".formatted(HEIGHT));
        }
    }

    int width() {
        return rows.getFirst().length();
    }

    boolean ink(int column, int row) {
        return rows.get(row).charAt(column) != '.';
    }

    private static Glyph of(String rows) {
        return new Glyph(rows.lines().toList());
    }

    /// `AI生成`: "made by AI", in the words that GB 45438-2025 asks for, and that say as much to
    /// those who read only the first two.
    static List<Glyph> text() {
        return List.of(A, I, MADE, COMPLETE);
    }

    private static final Glyph A =
            of(
                    """
                    ....##....
                    ....##....
                    ...####...
                    ...####...
                    ...#..#...
                    ..##..##..
                    ..##..##..
                    ..##..##..
                    ..######..
                    .########.
                    .##....##.
                    .##....##.
                    ##......##
                    ##......##
                    """);

    private static final Glyph I =
            of(
                    """
                    ######
                    ######
                    ..##..
                    ..##..
                    ..##..
                    ..##..
                    ..##..
                    ..##..
                    ..##..
                    ..##..
                    ..##..
                    ..##..
                    ######
                    ######
                    """);

    private static final Glyph MADE =
            of(
                    """
                    ......##......
                    ..##..##......
                    ..##..##......
                    .############.
                    .############.
                    ##....##......
                    ......##......
                    ..##########..
                    ..##########..
                    ......##......
                    ......##......
                    ......##......
                    ##############
                    ##############
                    """);

    private static final Glyph COMPLETE =
            of(
                    """
                    ........##.##.
                    ........##..##
                    .#############
                    .#############
                    .##.....##....
                    .##.....##.##.
                    .#######.#.##.
                    .##...##.###..
                    .##...##.###..
                    .##...##.##...
                    .##..###.##..#
                    ##..##..####.#
                    ##.....##..###
                    ##....##....##
                    """);
}
