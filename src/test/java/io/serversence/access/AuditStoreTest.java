package io.serversence.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.database.Backend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class AuditStoreTest {
  private static final Instant T = Instant.parse("2026-11-22T10:15:30Z");
  private static final Instant END = T.plusSeconds(1_000);

  @Parameter Backend backend;

  private AuditStore store;

  @BeforeEach
  void open() {
    store = new AuditStore(backend.cleared());
  }

  private static AuditEntry entry(int second, @Nullable String actor) {
    return AuditEntry.of(
        T.plusSeconds(second), actor, "192.0.2.1", "monitors.pause", "m" + second, 200);
  }

  @Test
  void entries_are_read_back_as_they_were() {
    AuditEntry full = entry(1, "o'Brien 💥");
    AuditEntry bare = AuditEntry.of(T, null, "", "login", null, 401);
    store.add(List.of(full, bare));
    assertThat(store.page(null, T, END, null, 10)).containsExactly(full, bare);
  }

  @Test
  void pages_go_on_where_the_one_before_ended_while_entries_are_added() {
    for (int i = 0; i < 20; i++) {
      store.add(List.of(entry(i, i % 2 == 0 ? "ann" : "bob")));
    }
    List<String> targets = new ArrayList<>();
    UUID before = null;
    for (int page = 0; page < 4; page++) {
      List<AuditEntry> found = store.page("ann", T, END, before, 3);
      found.forEach(e -> targets.add(e.target()));
      before = UUID.fromString(found.get(found.size() - 1).id());
      store.add(List.of(entry(500 + page, "ann")));
    }
    assertThat(targets)
        .containsExactly("m18", "m16", "m14", "m12", "m10", "m8", "m6", "m4", "m2", "m0");
  }

  @Test
  void the_window_is_from_its_first_moment_to_before_its_last() {
    AuditEntry early = entry(0, "ann");
    AuditEntry late = entry(1, "ann");
    store.add(List.of(early, late));
    assertThat(store.page(null, T, T.plusSeconds(1), null, 10)).containsExactly(early);
    assertThat(store.page(null, T.plusNanos(1_000), END, null, 10)).containsExactly(late);
    assertThat(store.page(null, T, T.plusSeconds(1).plusNanos(1_000), null, 10))
        .containsExactly(late, early);
    assertThat(store.page(null, Instant.EPOCH, T, null, 10)).isEmpty();
  }

  @Test
  void what_is_old_can_be_removed() {
    store.add(List.of(entry(0, "ann"), entry(5, "ann")));
    assertThat(store.removeBefore(T.plusSeconds(5))).isEqualTo(1);
    assertThat(store.page(null, T, END, null, 10)).hasSize(1);
  }

  @Test
  void what_clients_sent_cannot_forge_lines_or_burst_columns() {
    AuditEntry entry =
        AuditEntry.of(
            T, "a\nb\u0000", "x".repeat(99), "op", "t\r\n" + "💥".repeat(500) + "\ud83d", 404);
    store.add(List.of(entry));
    AuditEntry kept = store.page(null, T, END, null, 1).get(0);
    assertThat(kept.actor()).isEqualTo("ab");
    assertThat(kept.address()).hasSize(45);
    assertThat(kept.target()).startsWith("t💥").hasSizeLessThanOrEqualTo(200);
    assertThat(kept).isEqualTo(entry);
  }
}
