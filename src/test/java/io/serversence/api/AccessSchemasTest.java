package io.serversence.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.access.AuditEntry;
import io.serversence.access.Role;
import io.serversence.access.Token;
import io.serversence.access.TokenDocument;
import io.serversence.access.User;
import io.serversence.access.UserDocument;
import io.serversence.document.Json;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The hand-written schemas of users, tokens and the audit against what is really written. */
class AccessSchemasTest {
  private static final Instant T = Instant.parse("2026-11-22T10:15:30Z");

  /** The properties that an answer has. */
  private static Set<String> answered(String schema) {
    JsonObject properties =
        OpenApiResource.schemas()
            .getJsonObject("schemas")
            .getJsonObject(schema)
            .getJsonObject("properties");
    Set<String> names = new TreeSet<>(properties.keySet());
    names.removeIf(name -> properties.getJsonObject(name).getBoolean("writeOnly", false));
    return names;
  }

  @Test
  void a_user_is_written_as_its_schema_says() {
    User ann = new User("ann", Role.VIEWER, "hash", true, T);
    assertThat(UserDocument.write(ann).keySet())
        .containsExactlyInAnyOrderElementsOf(answered("User"));
  }

  @Test
  void a_token_is_written_as_its_schema_says() {
    Token token = new Token("id", "ci", Role.VIEWER, "hash", T, "admin", null);
    assertThat(TokenDocument.write(token).build().keySet())
        .containsExactlyInAnyOrderElementsOf(answered("Token"));
    Set<String> issued = answered("IssuedToken");
    assertThat(issued.remove("token")).isTrue();
    assertThat(issued).isEqualTo(answered("Token"));
  }

  @Test
  void an_audit_entry_is_written_as_its_schema_says() {
    for (int status : new int[] {204, 403, 500}) {
      JsonObject entry = AuditEntry.of(T, "ann", "192.0.2.1", "login", null, status).write();
      assertThat(entry.keySet()).containsExactlyInAnyOrderElementsOf(answered("AuditEntry"));
      assertThat(
              OpenApiResource.schemas()
                  .getJsonObject("schemas")
                  .getJsonObject("AuditEntry")
                  .getJsonObject("properties")
                  .getJsonObject("outcome")
                  .getJsonArray("enum"))
          .contains(entry.get("outcome"));
    }
  }

  @Test
  void what_the_schemas_ask_for_is_what_is_read() {
    assertThat(answered("NewToken")).containsExactly("expiresAt", "name", "role");
    TokenDocument.read(
        Json.object()
            .add("name", "ci")
            .add("role", "viewer")
            .add("expiresAt", "2027-01-01T00:00:00Z")
            .build(),
        T);
    UserDocument.readPatch(
        Json.object()
            .add("username", "ann")
            .add("role", "viewer")
            .add("password", "a long one")
            .add("enabled", true)
            .add("createdAt", "x")
            .add("revision", 1)
            .build(),
        "ann");
  }

  @Test
  void the_document_has_all_operations_of_access_for_admins() {
    JsonObject paths =
        OpenApi.document(
                List.of(UsersResource.class, TokensResource.class, AuditResource.class),
                OpenApiResource.schemas())
            .getJsonObject("paths");
    for (String path :
        List.of(
            "/api/users", "/api/users/{name}", "/api/tokens", "/api/tokens/{id}", "/api/audit")) {
      assertThat(paths.getJsonObject(path).values())
          .as(path)
          .isNotEmpty()
          .allSatisfy(
              operation ->
                  assertThat(operation.asJsonObject().getString("x-role")).isEqualTo("admin"));
    }
  }
}
