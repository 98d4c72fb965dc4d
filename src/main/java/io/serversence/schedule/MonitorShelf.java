package io.serversence.schedule;

import io.serversence.database.Kept;
import io.serversence.monitor.Monitor;
import io.serversence.plan.Kind;
import io.serversence.plan.Shelf;
import java.util.List;

/** The shelf of the monitors, which are changed by the catalogue's one writer. */
record MonitorShelf(LiveCatalogue catalogue) implements Shelf<Monitor> {
  /** Who removes for a plan; the audit has who asked for it. */
  private static final String ACTOR = "configuration";

  /** Monitors in one transaction: few enough to write in a moment. */
  private static final int AT_ONCE = 500;

  @Override
  public Kind<Monitor> kind() {
    return Kind.MONITORS;
  }

  @Override
  public List<Kept<Monitor>> all() {
    return catalogue.all().stream()
        .map(
            m ->
                new Kept<>(
                    m.id(),
                    m.monitor(),
                    m.revision(),
                    m.managedByFile(),
                    m.createdAt(),
                    m.updatedAt()))
        .toList();
  }

  @Override
  public void create(Monitor monitor, boolean byFile) {
    createAll(List.of(monitor), byFile);
  }

  @Override
  public void createAll(List<Monitor> monitors, boolean byFile) {
    for (int from = 0; from < monitors.size(); from += AT_ONCE) {
      catalogue.createDeclared(
          monitors.subList(from, Math.min(monitors.size(), from + AT_ONCE)), byFile);
    }
  }

  @Override
  public void replace(Monitor monitor, long revision) {
    catalogue.replaceDeclared(monitor, revision);
  }

  @Override
  public void replaceByFile(Monitor monitor, boolean byFile) {
    catalogue.replaceByFile(monitor, byFile);
  }

  @Override
  public void delete(String id, long revision) {
    catalogue.delete(id, revision, ACTOR);
  }
}
