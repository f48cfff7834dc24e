package dev.facefusion.runtime.engine.analyse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Tells the faces of a frame by what the frames around it show as well, as FaceFusion 3.8 does.
///
/// Frame by frame, each face goes on the track whose last box it overlaps most, if by more than a
/// limit, or else begins one. A track that leads through the middle frame gives a face there: its
/// own, or one between those before and after it. Unlike there, two faces of one frame are never on
/// one track, so that none is lost.
///
/// @param score what the boxes' intersection over union must exceed, 0 to 1
public record FaceTracker(double score) {

    /// The faces of the middle frame, in the order in which their tracks begin.
    public List<Face> faces(FaceWindow window) {
        var tracks = new ArrayList<Track>();
        for (int index = 0; index < window.frames().size(); index++) {
            for (var face : window.frames().get(index)) {
                trackOf(face, index, tracks).add(index, face);
            }
        }
        return tracks.stream().flatMap(track -> track.at(window.middle()).stream()).toList();
    }

    private Track trackOf(Face face, int index, List<Track> tracks) {
        return tracks.stream()
                .filter(track -> !track.reaches(index) && track.overlap(face) > score)
                .max(Comparator.comparingDouble(track -> track.overlap(face)))
                .orElseGet(() -> {
                    var track = new Track();
                    tracks.add(track);
                    return track;
                });
    }

    /// Sightings of one face, by the frames' indices.
    private static final class Track {

        private final NavigableMap<Integer, Face> sightings = new TreeMap<>();

        void add(int index, Face face) {
            sightings.put(index, face);
        }

        boolean reaches(int index) {
            return sightings.containsKey(index);
        }

        double overlap(Face face) {
            return face.box().overlap(sightings.lastEntry().getValue().box());
        }

        Optional<Face> at(int index) {
            var before = sightings.floorEntry(index);
            var after = sightings.ceilingEntry(index);
            if (before == null || after == null) {
                return Optional.empty();
            }
            int gap = after.getKey() - before.getKey();
            return Optional.of(
                    gap == 0
                            ? before.getValue()
                            : before.getValue()
                                    .towards(
                                            after.getValue(),
                                            (double) (index - before.getKey()) / gap));
        }
    }
}
