package io.serversence.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page on access has the table of all operations, made from the code. Where this fails, an
 * operation is new: run it with {@code -Dserversence.docs=write} and commit the page.
 */
class AccessTableTest {
  private static final java.nio.file.Path PAGE = java.nio.file.Path.of("src/docs/access.md");
  private static final String BEGIN = "<!-- made by AccessTableTest -->\n";
  private static final String END = "<!-- end -->";
  private static final List<String> ROLES = List.of("public", "viewer", "operator", "admin");

  private static String table() {
    List<Class<?>> resources =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.serversence")
                .stream()
                .filter(c -> c.isTopLevelClass() && c.isAnnotatedWith(Path.class))
                .<Class<?>>map(JavaClass::reflect)
                .collect(Collectors.toList());
    StringBuilder table =
        new StringBuilder(
            """
            | operation | nobody | viewer | operator | admin | expired token | other site |
            |---|---|---|---|---|---|---|
            """);
    OpenApi.document(resources, OpenApiResource.schemas())
        .getJsonObject("paths")
        .forEach(
            (path, item) ->
                item.asJsonObject()
                    .forEach(
                        (method, operation) ->
                            table.append(row(path, method, operation.asJsonObject()))));
    return table.toString();
  }

  private static String row(String path, String method, JsonObject operation) {
    int needed = ROLES.indexOf(operation.getString("x-role", "public"));
    String http = method.toUpperCase(Locale.ROOT);
    StringBuilder row = new StringBuilder("| `").append(http).append(' ').append(path).append("` ");
    for (int role = 0; role < ROLES.size(); role++) {
      row.append(needed <= role ? "| yes " : role == 0 ? "| 401 " : "| 403 ");
    }
    boolean harmless = http.equals("GET") || path.startsWith("/api/heartbeats/");
    row.append(needed == 0 ? "| yes " : "| 401 ").append(harmless ? "| yes " : "| 403 ");
    return row.append("|\n").toString();
  }

  @Test
  void the_page_has_every_operation_as_it_is() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    String right = page.substring(0, begin) + "\n" + table() + "\n" + page.substring(end);
    if ("write".equals(System.getProperty("serversence.docs"))) {
      Files.writeString(PAGE, right);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(right);
  }
}
