package io.serversence.schedule;

import io.serversence.config.ConfigurationFile;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.MonitorDocument;
import jakarta.json.JsonObject;
import java.util.HashSet;
import java.util.Set;

/**
 * Brings the monitors of the configuration file into the catalogue: those it names are created or
 * changed and are the file's from then on; those it no longer names stay, and are REST's again.
 */
final class FileMonitors {
  private final LiveCatalogue catalogue;

  FileMonitors(LiveCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Applies the file, whose documents were found valid before. */
  void apply(ConfigurationFile file) {
    Set<String> named = new HashSet<>();
    for (JsonObject document : file.monitors()) {
      String id = MonitorDocument.read(document, null).id();
      named.add(id);
      ConfiguredMonitor kept = catalogue.find(id).orElse(null);
      if (kept == null) {
        catalogue.create(MonitorDocument.read(document, null), true);
      } else {
        Monitor wanted = MonitorDocument.read(document, kept.monitor());
        if (!kept.managedByFile() || !wanted.equals(kept.monitor())) {
          catalogue.replace(wanted, true);
        }
      }
    }
    for (ConfiguredMonitor kept : catalogue.all()) {
      if (kept.managedByFile() && !named.contains(kept.id())) {
        catalogue.replace(kept.monitor(), false);
      }
    }
  }
}
