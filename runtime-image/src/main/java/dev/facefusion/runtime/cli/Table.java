package dev.facefusion.runtime.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Rows of text in columns as wide as their widest cell, two spaces apart.
///
/// @param header a title for each column
record Table(List<String> header, List<Row> rows) {

    private static final int WIDTH = 80;
    private static final String INDENT = "    ";

    /// One row.
    ///
    /// @param note printed below it, indented and broken between words; empty for none
    record Row(List<String> cells, String note) {

        static Row of(String... cells) {
            return new Row(List.of(cells), "");
        }
    }

    void print(PrintWriter out) {
        var lines = new ArrayList<List<String>>();
        lines.add(header);
        rows.forEach(row -> lines.add(row.cells()));
        var widths =
                IntStream.range(0, header.size())
                        .map(column ->
                                lines.stream()
                                        .mapToInt(line -> line.get(column).length())
                                        .max()
                                        .orElse(0))
                        .toArray();
        out.println(line(header, widths));
        for (var row : rows) {
            out.println(line(row.cells(), widths));
            broken(row.note()).forEach(out::println);
        }
        out.flush();
    }

    private static String line(List<String> cells, int[] widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(column -> padded(cells.get(column), widths[column]))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - cell.length());
    }

    private static List<String> broken(String note) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : note.strip().split("\\s+", -1)) {
            if (!line.isEmpty() && INDENT.length() + line.length() + 1 + word.length() > WIDTH) {
                lines.add(INDENT + line);
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        if (!line.isEmpty()) {
            lines.add(INDENT + line);
        }
        return lines;
    }
}
