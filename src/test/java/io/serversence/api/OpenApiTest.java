package io.serversence.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.serversence.access.Needs;
import io.serversence.access.Open;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The operations there are: each has a role or is public, and each is described as it is. */
class OpenApiTest {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "patch", "head", "options");

  /** All resource classes of the application, found as the container finds them. */
  private static final List<Class<?>> RESOURCES =
      new ClassFileImporter()
              .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
              .importPackages("io.serversence")
              .stream()
              .filter(c -> c.isTopLevelClass() && c.isAnnotatedWith(Path.class))
              .<Class<?>>map(JavaClass::reflect)
              .collect(Collectors.toList());

  private static final JsonObject DOCUMENT = OpenApi.document(RESOURCES, OpenApiResource.schemas());

  private static List<Method> operations() {
    return RESOURCES.stream()
        .flatMap(c -> Arrays.stream(c.getMethods()))
        .filter(m -> ResourceClasses.httpMethod(m) != null)
        .toList();
  }

  @Test
  void the_resources_are_found() {
    assertThat(RESOURCES)
        .contains(MonitorsResource.class, SessionResource.class, OpenApiResource.class)
        .hasSizeGreaterThanOrEqualTo(8);
    assertThat(operations()).hasSizeGreaterThanOrEqualTo(25);
  }

  @Test
  void every_operation_needs_a_role_or_is_open() {
    assertThat(ResourceClasses.withoutRole(RESOURCES)).isEmpty();
    assertThat(operations())
        .noneMatch(m -> m.isAnnotationPresent(Needs.class) && m.isAnnotationPresent(Open.class));
  }

  @Test
  void the_stream_says_how_it_is_filtered_and_resumed() {
    JsonObject get =
        DOCUMENT.getJsonObject("paths").getJsonObject("/api/events").getJsonObject("get");
    assertThat(get.getString("x-role")).isEqualTo("viewer");
    assertThat(get.getJsonArray("parameters").getValuesAs(JsonObject.class))
        .extracting(parameter -> parameter.getString("name"))
        .containsExactly(
            "events", "monitor", "group", "tag", "severity", "snapshot", "lastEventId");
    assertThat(get.getJsonObject("responses").getJsonObject("200").getJsonObject("content"))
        .containsOnlyKeys("text/event-stream");
    assertThat(get.getJsonObject("responses")).containsKeys("401", "403", "default");
  }

  @Test
  void an_operation_without_a_role_is_found() {
    assertThat(ResourceClasses.withoutRole(List.of(Careless.class)))
        .singleElement()
        .satisfies(method -> assertThat(method.getName()).isEqualTo("forgotten"));
  }

  /** A resource that somebody has not thought through. */
  @Path("careless")
  public static class Careless {
    @GET
    public String forgotten() {
      return "";
    }

    @POST
    @Open
    public String open() {
      return "";
    }

    public String noOperation() {
      return "";
    }
  }

  @Test
  void exactly_the_open_operations_are_public_paths() {
    for (Method operation : operations()) {
      String http = String.valueOf(ResourceClasses.httpMethod(operation));
      String path = path(operation).replaceAll("\\{[^}]*\\}", "any-key");
      for (String form : List.of(path, "/" + path, path + "/")) { // of Jersey, of RESTEasy
        assertThat(PublicPaths.contains(http, form))
            .as(http + " " + form)
            .isEqualTo(operation.isAnnotationPresent(Open.class));
      }
    }
    assertThat(PublicPaths.contains("HEAD", "heartbeats/x")).isTrue();
    assertThat(PublicPaths.contains("GET", "heartbeats/x/stop")).isFalse();
    assertThat(PublicPaths.contains("GET", "heartbeats/")).isFalse();
    assertThat(PublicPaths.contains("GET", "")).isFalse();
    assertThat(PublicPaths.contains("GET", "/")).isFalse();
    assertThat(PublicPaths.contains("GET", "monitors/heartbeats/x")).isFalse();
    assertThat(PublicPaths.contains("post", "session")).isFalse();
  }

  private static String path(Method operation) {
    Path of = operation.getDeclaringClass().getAnnotation(Path.class);
    Path own = operation.getAnnotation(Path.class);
    return PublicPaths.plain(of.value())
        + (own == null ? "" : "/" + PublicPaths.plain(own.value()));
  }

  @Test
  void every_operation_is_described_once() {
    List<String> described = new ArrayList<>();
    forEachOperation((place, operation) -> described.add(place));
    assertThat(described)
        .hasSize(operations().size() + 9); // metrics, health and what outsiders see are servlets
    List<String> ids = new ArrayList<>();
    forEachOperation(
        (place, operation) -> {
          if (operation.containsKey("operationId")) {
            ids.add(operation.getString("operationId"));
          }
        });
    assertThat(ids).doesNotHaveDuplicates().hasSize(operations().size());
  }

  @Test
  void every_description_is_whole() {
    forEachOperation(
        (place, operation) -> {
          assertThat(operation.getString("summary")).as(place).isNotBlank();
          assertThat(operation.getJsonObject("responses")).as(place).containsKey("default");
          assertThat(operation.getJsonObject("responses").keySet())
              .as(place)
              .anyMatch(status -> status.matches("2[0-9][0-9]"));
          assertThat(operation.containsKey("x-role"))
              .as(place)
              .isNotEqualTo(operation.containsKey("security"));
          assertThat(templates(place)).as(place).isEqualTo(parametersOf(operation));
        });
  }

  @Test
  void the_roles_are_those_of_the_code() {
    for (Method method : operations()) {
      Operation operation = method.getAnnotation(Operation.class);
      if (operation == null) {
        continue; // the event stream, whose package knows nothing of this one
      }
      String path = operation.path().isEmpty() ? "/api/" + path(method) : operation.path();
      JsonObject described =
          DOCUMENT
              .getJsonObject("paths")
              .getJsonObject(path)
              .getJsonObject(
                  String.valueOf(ResourceClasses.httpMethod(method)).toLowerCase(Locale.ROOT));
      Needs needs = method.getAnnotation(Needs.class);
      assertThat(described.getString("x-role", null))
          .as(path)
          .isEqualTo(needs == null ? null : needs.value().word());
    }
  }

  @Test
  void every_reference_leads_somewhere() {
    Set<String> references = new TreeSet<>();
    collect(DOCUMENT, references);
    Set<String> schemas = DOCUMENT.getJsonObject("components").getJsonObject("schemas").keySet();
    assertThat(references)
        .isNotEmpty()
        .allMatch(r -> r.startsWith("#/components/schemas/"))
        .allMatch(r -> schemas.contains(r.substring(21)));
    assertThat(schemas)
        .as("schemas that nothing refers to")
        .allMatch(name -> references.contains("#/components/schemas/" + name));
  }

  @Test
  void the_document_says_what_it_is() {
    assertThat(DOCUMENT.getString("openapi")).startsWith("3.");
    assertThat(DOCUMENT.getJsonObject("info").getString("title")).isEqualTo("ServerSence");
    assertThat(DOCUMENT.getJsonObject("paths").keySet())
        .allMatch(path -> path.startsWith("/"))
        .contains("/api/monitors/{id}", "/api/monitors/test", "/api/openapi.json", "/metrics");
  }

  private static void forEachOperation(BiConsumer<String, JsonObject> action) {
    DOCUMENT
        .getJsonObject("paths")
        .forEach(
            (path, item) ->
                item.asJsonObject()
                    .forEach(
                        (method, operation) -> {
                          assertThat(METHODS).contains(method);
                          action.accept(method + " " + path, operation.asJsonObject());
                        }));
  }

  private static Set<String> templates(String place) {
    Set<String> names = new TreeSet<>();
    Matcher template = Pattern.compile("\\{([^}]*)\\}").matcher(place);
    while (template.find()) {
      names.add(template.group(1));
    }
    return names;
  }

  private static Set<String> parametersOf(JsonObject operation) {
    JsonArray parameters = operation.getJsonArray("parameters");
    return parameters == null
        ? Set.of()
        : parameters.getValuesAs(JsonObject.class).stream()
            .filter(p -> p.getString("in").equals("path"))
            .map(p -> p.getString("name"))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void collect(JsonValue value, Set<String> references) {
    if (value instanceof JsonObject object) {
      for (Map.Entry<String, JsonValue> member : object.entrySet()) {
        if (member.getKey().equals("$ref")) {
          references.add(((JsonString) member.getValue()).getString());
        }
        collect(member.getValue(), references);
      }
    } else if (value instanceof JsonArray array) {
      array.forEach(item -> collect(item, references));
    }
  }
}
