package io.serversence.page;

import io.serversence.document.Json;
import io.serversence.page.StatusView.Row;
import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The forms in which the stream of a status page tells what is on it. */
public enum PageForm {
  /** As {@code summary.json} has it. */
  DATA {
    @Override
    Map<String, String> fields(StatusView view, PageLanguage language) {
      JsonObject document = view.writeWithoutRows(language.words());
      Map<String, String> fields = new LinkedHashMap<>();
      FIELDS.forEach(name -> fields.put(name, String.valueOf(document.get(name))));
      return fields;
    }

    @Override
    Function<Row, String> rows(StatusView view, PageLanguage language) {
      return row -> StatusView.write(row, language.words()).toString();
    }
  },

  /** As the page itself has it: elements to be put in the places of those with the same id. */
  HTML {
    @Override
    Map<String, String> fields(StatusView view, PageLanguage language) {
      Map<String, String> fields = new LinkedHashMap<>();
      StatusHtml.parts(view, language)
          .forEach((id, html) -> fields.put(id, Json.string(html).toString()));
      return fields;
    }

    @Override
    Function<Row, String> rows(StatusView view, PageLanguage language) {
      return row -> Json.string(StatusHtml.row(row, view.days(), language)).toString();
    }
  };

  private static final List<String> FIELDS =
      List.of("title", "description", "state", "headline", "past", "incidents", "maintenance");

  /** All but the rows, JSON by name; always the same names. */
  abstract Map<String, String> fields(StatusView view, PageLanguage language);

  /** Writes rows of a view as JSON. */
  abstract Function<Row, String> rows(StatusView view, PageLanguage language);
}
