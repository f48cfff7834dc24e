package dev.facefusion.runtime.provenance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The marks of a file as clients get them: the answer of `POST /v1/verify` and of `facefusion
/// verify`. Every text is what the file has; nobody vouches for it.
///
/// @param marked whether a mark says that a machine made the picture, or may have, or part of it
/// @param marks all that were found, in the order of the file
/// @param digitalSourceType the first that was found
/// @param producer the producer by the label, else the tool by XMP
/// @param producedAt the first date that was found, as written
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VerifyReport(
        boolean marked,
        List<Mark> marks,
        @JsonProperty("digital_source_type") @Nullable String digitalSourceType,
        @Nullable String producer,
        @JsonProperty("produced_at") @Nullable String producedAt) {

    public VerifyReport {
        marks = List.copyOf(marks);
    }

    static VerifyReport of(List<Mark> marks) {
        var xmp = of(marks, Mark.Xmp.class);
        var aigc = of(marks, Mark.Aigc.class);
        return new VerifyReport(
                marks.stream().anyMatch(Mark::synthetic),
                marks,
                first(xmp.stream(), Mark.Xmp::digitalSourceType),
                first(Stream.concat(aigc.stream(), xmp.stream()), Mark::producer),
                first(xmp.stream(), Mark.Xmp::createdAt));
    }

    private static <M extends Mark> List<M> of(List<Mark> marks, Class<M> kind) {
        return marks.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static <M> @Nullable String first(
            Stream<M> marks, Function<M, @Nullable String> field) {
        return marks.map(field).filter(Objects::nonNull).findFirst().orElse(null);
    }
}
