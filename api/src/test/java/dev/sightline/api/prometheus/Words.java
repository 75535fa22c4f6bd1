package dev.sightline.api.prometheus;

import dev.sightline.model.label.Matcher;
import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException.BadQuery;
import dev.sightline.model.query.QueryTexts;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A language of single words.
public final class Words implements QueryTexts {
  @Override
  public String formatted(String query) {
    return "<" + checked(query) + ">";
  }

  @Override
  public Map<String, @Nullable Object> tree(String query) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("text", checked(query));
    tree.put("size", (long) query.length());
    tree.put("share", 0.5);
    tree.put("good", true);
    tree.put("nothing", null);
    tree.put("list", Arrays.asList("a", List.of()));
    return tree;
  }

  @Override
  public List<List<Matcher>> selectors(String query) {
    return List.of(List.of(Matcher.equal("__name__", checked(query))));
  }

  @Override
  public Map<String, List<String>> features() {
    return Map.of("words", List.of("up"));
  }

  private static String checked(String query) {
    if (query.isEmpty()) {
      throw new BadQuery(new Position(0, 0), "1:1: no query");
    }
    return query;
  }
}
