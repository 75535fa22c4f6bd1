package dev.sightline.predictions.shelf;

import dev.sightline.predictions.head.Loose;
import dev.sightline.predictions.part.IdHash;
import dev.sightline.predictions.part.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds the parts that should be written anew with the truths that came after them.
public final class LateTruths {
  private LateTruths() {}

  /// Those with the most, until no more than `leftBytes` stay loose.
  public static List<Part> partsToWrite(Shelf shelf, long leftBytes) {
    Map<Part, Long> bytesByPart = new HashMap<>();
    long left = 0;
    for (Map.Entry<String, Map<String, Loose>> model : shelf.loose().entrySet()) {
      List<Part> parts = shelf.parts(model.getKey());
      for (Map.Entry<String, Loose> one : model.getValue().entrySet()) {
        if (one.getValue().kind().waits()) {
          continue;
        }
        long bytes = one.getValue().history().bytes();
        left += bytes;
        long hash = IdHash.of(one.getKey());
        for (Part part : parts) {
          if (!part.isDamaged() && part.known(hash) != null) {
            bytesByPart.merge(part, bytes, Long::sum);
            break;
          }
        }
      }
    }
    List<Part> chosen = new ArrayList<>();
    List<Map.Entry<Part, Long>> most =
        bytesByPart.entrySet().stream()
            .sorted(Map.Entry.<Part, Long>comparingByValue().reversed())
            .toList();
    for (Map.Entry<Part, Long> part : most) {
      if (left <= leftBytes) {
        break;
      }
      chosen.add(part.getKey());
      left -= part.getValue();
    }
    return chosen;
  }
}
