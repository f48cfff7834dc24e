package dev.facefusion.runtime.engine.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConvexHullTest {

    @Test
    void leavesOutWhatLiesInsideOrOnAnEdge() {
        var corners = List.of(new Point(0, 0), new Point(4, 0), new Point(4, 3), new Point(0, 3));
        var others = List.of(new Point(2, 0), new Point(1, 1), new Point(4, 3), new Point(0, 2));

        var hull = ConvexHull.of(List.of(corners, others).stream().flatMap(List::stream).toList());

        assertThat(hull).containsExactlyElementsOf(corners);
    }

    @Test
    void ofALineAreItsEnds() {
        assertThat(ConvexHull.of(List.of(new Point(1, 1), new Point(3, 3), new Point(2, 2))))
                .containsExactly(new Point(1, 1), new Point(3, 3));
        assertThat(ConvexHull.of(List.of(new Point(1, 1), new Point(1, 1))))
                .containsExactly(new Point(1, 1));
    }
}
