package io.serversence.api;

import io.serversence.access.Needs;
import io.serversence.document.Json;
import io.serversence.stream.Filter;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI 3.1 document, from the annotations of the resource classes, so that it cannot differ
 * from what they do. Made once.
 */
final class OpenApi {
  private static final Pattern TEMPLATE = Pattern.compile("\\{([^}:]+)(:[^}]*)?\\}");
  private static final JsonObject STRING = Json.object().add("type", "string").build();

  private final JsonObject schemas;
  private final Map<String, Map<String, JsonObject>> paths = new TreeMap<>();

  private OpenApi(JsonObject schemas) {
    this.schemas = schemas;
  }

  /**
   * Makes the document.
   *
   * @param schemas of the components, and of the {@code parameters} under that name
   */
  static JsonObject document(List<Class<?>> resources, JsonObject schemas) {
    OpenApi api = new OpenApi(schemas);
    for (Class<?> resource : resources) {
      for (Method method : resource.getMethods()) {
        String http = ResourceClasses.httpMethod(method);
        if (http != null) {
          api.add(resource, method, http);
        }
      }
    }
    api.stream("/api/events");
    api.plain(
        "/badges/{monitor}/{badge}",
        "Get a badge: status.svg, uptime-7d.svg, uptime-30d.svg, latency-24h.svg;"
            + " public where the monitor is on a published status page",
        "viewer");
    api.plain("/feeds/incidents.atom", "Read the newest incidents as an Atom feed", "viewer");
    api.plain("/status/{page}", "Read a status page; without the role a published one", null);
    api.plain(
        "/status/{page}/events",
        "Read what it shows live, as Server-Sent Events: page, then change; ?form=html has elements"
            + " of the page",
        null);
    api.plain("/status/{page}/feed.atom", "Read its incidents as an Atom feed", null);
    api.plain("/status/{page}/summary.json", "Read what it shows, for programs", null);
    api.plain("/metrics", "Read the metrics, in Prometheus's text format", "viewer");
    api.plain("/health/live", "Tell whether a restart is needed", null);
    api.plain("/health/ready", "Tell whether ServerSence does its work", null);
    return api.build();
  }

  private void add(Class<?> resource, Method method, String http) {
    Operation operation = method.getAnnotation(Operation.class);
    String path = operation == null ? "" : operation.path();
    if (path.isEmpty()) {
      path = path("/api", resource.getAnnotation(Path.class), method.getAnnotation(Path.class));
    }
    Needs needs = method.getAnnotation(Needs.class);
    String role = needs == null ? null : needs.value().word();
    JsonObjectBuilder entry =
        operation(operation == null ? method.getName() : operation.value(), role);
    entry.add("operationId", operationId(resource, method));
    entry.add("tags", Json.array().add(name(resource)));
    entry.add("parameters", parameters(path, operation));
    if (operation != null && !operation.takes().isEmpty()) {
      entry.add("requestBody", requestBody(operation, http));
    }
    entry.add("responses", responses(operation, role != null));
    entry(path, http, entry.build());
  }

  private void plain(String path, String summary, @Nullable String role) {
    JsonObjectBuilder entry = operation(summary, role);
    entry.add("parameters", parameters(path, null));
    entry.add("responses", responses(null, role != null));
    entry(path, "GET", entry.build());
  }

  /** What the class of the event stream cannot say itself, as it knows nothing of this package. */
  private void stream(String path) {
    Map<String, JsonObject> methods = paths.get(path);
    if (methods != null) {
      List<String> names = new ArrayList<>(Filter.FIELDS);
      names.addAll(List.of("snapshot", "lastEventId"));
      JsonObjectBuilder good = Json.object().add("description", "Events until either side ends it");
      JsonObject text = Json.object().add("schema", STRING).build();
      good.add("content", Json.object().add(MediaType.SERVER_SENT_EVENTS, text));
      methods.computeIfPresent(
          "get",
          (http, entry) ->
              Json.object(entry)
                  .add("summary", "Follow what happens, as Server-Sent Events")
                  .add("parameters", query(names))
                  .add("responses", Json.object(entry.getJsonObject("responses")).add("200", good))
                  .build());
    }
  }

  private void entry(String path, String http, JsonObject entry) {
    paths
        .computeIfAbsent(path, p -> new TreeMap<>(Comparator.naturalOrder()))
        .put(http.toLowerCase(Locale.ROOT), entry);
  }

  private static JsonObjectBuilder operation(String summary, @Nullable String role) {
    JsonObjectBuilder entry = Json.object().add("summary", summary);
    if (role == null) {
      return entry.add("security", Json.array());
    }
    return entry.add("description", "Needs the role " + role + ".").add("x-role", role);
  }

  private static String path(String base, @Nullable Path... parts) {
    StringBuilder path = new StringBuilder(base);
    for (Path part : parts) {
      if (part != null && !PublicPaths.plain(part.value()).isEmpty()) {
        path.append('/').append(PublicPaths.plain(part.value()));
      }
    }
    return TEMPLATE.matcher(path).replaceAll("{$1}");
  }

  private JsonArrayBuilder parameters(String path, @Nullable Operation operation) {
    JsonArrayBuilder parameters = Json.array();
    Matcher template = TEMPLATE.matcher(path);
    while (template.find()) {
      parameters.add(
          Json.object()
              .add("name", template.group(1))
              .add("in", "path")
              .add("required", true)
              .add("schema", STRING));
    }
    return operation == null ? parameters : parameters.addAll(query(List.of(operation.query())));
  }

  private JsonArrayBuilder query(List<String> names) {
    JsonArrayBuilder parameters = Json.array();
    JsonObject known = schemas.getJsonObject("parameters");
    for (String name : names) {
      JsonObject schema = known.getJsonObject(name);
      if (schema == null) {
        throw new IllegalStateException("no schema of the parameter " + name);
      }
      parameters.add(Json.object().add("name", name).add("in", "query").add("schema", schema));
    }
    return parameters;
  }

  private JsonObject requestBody(Operation operation, String http) {
    String schema = operation.takes();
    JsonObjectBuilder content = Json.object();
    JsonObject media = Json.object().add("schema", reference(schema)).build();
    String usual = operation.yaml() ? Body.YAML : Body.JSON;
    content.add(http.equals("PATCH") ? Body.MERGE_PATCH : usual, media);
    boolean required = schema(schema).getBoolean("x-required", true);
    return Json.object().add("required", required).add("content", content).build();
  }

  private JsonObject responses(@Nullable Operation operation, boolean guarded) {
    JsonObjectBuilder responses = Json.object();
    int status = operation == null ? 200 : operation.status();
    JsonObjectBuilder good = Json.object().add("description", "Done");
    if (operation != null && !operation.gives().isEmpty()) {
      JsonObject schema =
          operation.gives().endsWith("*")
              ? page(operation.gives().substring(0, operation.gives().length() - 1))
              : reference(operation.gives());
      boolean yaml = operation.yaml() && operation.takes().isEmpty();
      JsonObjectBuilder content =
          Json.object().add(yaml ? Body.YAML : Answer.TYPE, Json.object().add("schema", schema));
      if (operation.rows()) {
        content.add(Rows.CSV, Json.object().add("schema", STRING));
        content.add(Rows.NDJSON, Json.object().add("schema", STRING));
      }
      good.add("content", content);
    }
    responses.add(Integer.toString(status), good);
    if (guarded) {
      responses.add("401", problem("No credentials, or wrong ones"));
      responses.add("403", problem("Too little role, or another origin"));
    }
    return responses.add("default", problem("A problem, RFC 9457")).build();
  }

  private JsonObject problem(String description) {
    return Json.object()
        .add("description", description)
        .add(
            "content",
            Json.object().add(Problem.TYPE, Json.object().add("schema", reference("Problem"))))
        .build();
  }

  private JsonObject page(String item) {
    return Json.object()
        .add("type", "object")
        .add(
            "properties",
            Json.object()
                .add("items", Json.object().add("type", "array").add("items", reference(item)))
                .add("next", Json.object().add("type", Json.array().add("string").add("null"))))
        .add("required", Json.array().add("items").add("next"))
        .build();
  }

  private JsonObject reference(String schema) {
    schema(schema);
    return Json.object().add("$ref", "#/components/schemas/" + schema).build();
  }

  private JsonObject schema(String name) {
    JsonObject schema = schemas.getJsonObject("schemas").getJsonObject(name);
    if (schema == null) {
      throw new IllegalStateException("no schema " + name);
    }
    return schema;
  }

  /** Such as {@code monitors.pause}; the audit names operations so too. */
  static String operationId(Class<?> resource, Method method) {
    return name(resource) + "." + method.getName();
  }

  private static String name(Class<?> resource) {
    return resource.getSimpleName().replaceFirst("Resource$", "").toLowerCase(Locale.ROOT);
  }

  private JsonObject build() {
    JsonObjectBuilder all = Json.object();
    paths.forEach(
        (path, operations) -> {
          JsonObjectBuilder entry = Json.object();
          operations.forEach(entry::add);
          all.add(path, entry);
        });
    return Json.object()
        .add("openapi", "3.1.0")
        .add("info", Json.object().add("title", "ServerSence").add("version", "1"))
        .add(
            "security",
            Json.array()
                .add(Json.object())
                .add(Json.object().add("basic", Json.array()))
                .add(Json.object().add("bearer", Json.array()))
                .add(Json.object().add("session", Json.array())))
        .add("paths", all)
        .add(
            "components",
            Json.object()
                .add("schemas", schemas.getJsonObject("schemas"))
                .add("securitySchemes", schemas.getJsonObject("securitySchemes")))
        .build();
  }
}
