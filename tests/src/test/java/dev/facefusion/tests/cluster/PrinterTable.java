package dev.facefusion.tests.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `kubectl get` prints: rows of cells under columns.
public record PrinterTable(List<Column> columns, List<Map<String, String>> rows) {
    public PrinterTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    static PrinterTable of(JsonNode table) {
        List<Column> columns = new ArrayList<>();
        for (JsonNode column : table.path("columnDefinitions")) {
            columns.add(new Column(column.path("name").asText(), column.path("priority").asInt()));
        }
        List<Map<String, String>> rows = new ArrayList<>();
        for (JsonNode row : table.path("rows")) {
            Map<String, String> cells = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                cells.put(columns.get(i).name(), row.path("cells").path(i).asText());
            }
            rows.add(cells);
        }
        return new PrinterTable(columns, rows);
    }

    /// Headings that plain `kubectl get` shows.
    public List<String> headings() {
        return columns.stream().filter(column -> column.priority() == 0).map(Column::name).toList();
    }

    /// Headings that only `--output wide` shows.
    public List<String> wideHeadings() {
        return columns.stream().filter(column -> column.priority() > 0).map(Column::name).toList();
    }

    /// A column; those above priority 0 are for the wide form.
    public record Column(String name, int priority) {}
}
