package dev.facefusion.runtime.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Rows of text in columns as wide as their widest cell, two spaces apart.
///
/// @param header a title for each column
record Table(List<String> header, List<List<String>> rows) {

    void print(PrintWriter out) {
        var lines = new ArrayList<List<String>>();
        lines.add(header);
        lines.addAll(rows);
        var widths =
                IntStream.range(0, header.size())
                        .map(column ->
                                lines.stream()
                                        .mapToInt(line -> line.get(column).length())
                                        .max()
                                        .orElse(0))
                        .toArray();
        for (var line : lines) {
            out.println(
                    IntStream.range(0, line.size())
                            .mapToObj(column ->
                                    line.get(column)
                                            + " "
                                                    .repeat(
                                                            widths[column]
                                                                    - line.get(column).length()))
                            .collect(Collectors.joining("  "))
                            .stripTrailing());
        }
        out.flush();
    }
}
