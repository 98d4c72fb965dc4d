package io.serversence.schedule;

import io.serversence.access.AccessSettings;
import io.serversence.access.ClientAddress;
import io.serversence.access.FrameAncestors;
import io.serversence.access.LdapSettings;
import io.serversence.access.OidcSettings;
import io.serversence.access.PublicAddress;
import io.serversence.access.Role;
import io.serversence.access.SecretBox;
import io.serversence.access.SecretKey;
import io.serversence.access.SecretKeyFile;
import io.serversence.alert.FlappingLimits;
import io.serversence.config.ConfigurationFile;
import io.serversence.config.InvalidSetting;
import io.serversence.config.Network;
import io.serversence.config.Settings;
import io.serversence.config.UnknownSettings;
import io.serversence.database.DatabaseSettings;
import io.serversence.document.InvalidDocument;
import io.serversence.history.RetentionTimes;
import io.serversence.plan.Declaration;
import io.serversence.probe.EgressPolicy;
import io.serversence.stream.StreamSettings;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What this process was configured with (API.md, Settings): read and checked as a whole when it is
 * first asked, so that a wrong setting stops the start, whatever it is for.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // read() sets all
public class Configuration {
  /** What is read here and not by others. */
  private static final Set<String> NAMES =
      Set.of(
          "data",
          "db.url",
          "db.user",
          "db.password",
          "db.jndi",
          "url",
          "proxies",
          "origins",
          "witnesses",
          "egress",
          "frame.ancestors",
          "secret.key",
          "flapping.low",
          "flapping.high",
          "retention.samples",
          "retention.1m",
          "retention.5m",
          "retention.1h",
          "anonymous",
          "admin.password",
          "stream.max",
          "stream.max.per.user",
          "stream.max.per.address");

  /** What the file's {@code settings} may hold; a misspelt one must not be a silent default. */
  private static final Set<String> KNOWN =
      Stream.of(NAMES, OutsideSettings.NAMES, DirectorySettings.NAMES, OidcConfiguration.NAMES)
          .flatMap(Collection::stream)
          .collect(Collectors.toUnmodifiableSet());

  /** Settings that a file cannot have, and names that belong to what is around the program. */
  private static final Set<String> OUTSIDE =
      Set.of(
          "config",
          "standalone",
          "port", // of the run command
          "mail.host", // these of the scripts for a mail session
          "mail.port",
          "mail.user",
          "mail.from");

  private static final System.Logger LOG = System.getLogger(Configuration.class.getName());
  private static final int MOST_CONNECTIONS = 1_000_000;

  private final Set<String> used = new HashSet<>();
  private Declaration declared;
  private Path data;
  private DatabaseSettings database;
  private AccessSettings access;
  private Optional<OidcSettings> oidc;
  private PublicAddress address;
  private ClientAddress client;
  private LdapSettings directory;
  private StreamSettings stream;
  private List<URI> witnesses;
  private EgressPolicy egress;
  private FrameAncestors frames;
  private List<SecretKey> keys;
  private @Nullable SecretBox secrets;
  private RetentionTimes kept;
  private FlappingLimits flapping;

  @PostConstruct
  void read() {
    read(Settings.ofProcess());
    Set<String> properties = System.getProperties().stringPropertyNames();
    unknown(properties, System.getenv().keySet())
        .forEach(warning -> LOG.log(Level.WARNING, warning));
  }

  /** What to warn of among the names that the process was given, once it is read. */
  List<String> unknown(Set<String> properties, Set<String> variables) {
    Set<String> known =
        Stream.concat(KNOWN.stream(), OUTSIDE.stream()).collect(Collectors.toUnmodifiableSet());
    return UnknownSettings.warnings(properties, variables, known, used);
  }

  void read(Settings process) {
    String path = process.text("config");
    ConfigurationFile file =
        path == null
            ? ConfigurationFile.NONE
            : ConfigurationFile.read(
                path("config", path),
                variable -> {
                  used.add(variable);
                  return process.variable(variable);
                });
    for (String name : file.settings().keySet()) {
      if (!KNOWN.contains(name)) {
        throw new InvalidSetting(name, "in the configuration file is not a known setting");
      }
    }
    String standalone = process.text("standalone");
    if (standalone != null && !Set.of("true", "false").contains(standalone)) {
      throw new InvalidSetting("standalone", "must be true or false");
    }
    declared = declared(file);
    Settings settings = process.with(file.settings());
    String folder = settings.text("data");
    data = path("data", folder == null ? "data" : folder).toAbsolutePath().normalize();
    database = database(settings);
    access =
        new AccessSettings(
            anonymous(settings), settings.text("admin.password"), OutsideSettings.roles(settings));
    oidc = OidcConfiguration.read(settings);
    URI url = url(settings);
    Set<String> origins = origins(settings);
    address = new PublicAddress(url, origins);
    client = OutsideSettings.client(settings, networks(settings, "proxies"));
    directory = DirectorySettings.read(settings);
    stream = stream(settings, url, origins);
    witnesses = witnesses(settings);
    egress = egress(settings);
    frames = frames(settings);
    keys = keys(settings);
    kept = kept(settings);
    flapping = flapping(settings);
  }

  private static FlappingLimits flapping(Settings settings) {
    FlappingLimits usual = FlappingLimits.DEFAULT;
    int high = settings.integer("flapping.high", usual.high(), 2, 100);
    int low = settings.integer("flapping.low", Math.min(usual.low(), high - 1), 1, high - 1);
    return new FlappingLimits(low, high);
  }

  private static Declaration declared(ConfigurationFile file) {
    try {
      return Declaration.read(file.declared()).alone();
    } catch (InvalidDocument e) {
      throw InvalidSetting.inFile(file.name(), e);
    }
  }

  /** What is coarser is kept at least as long as what is finer. */
  private static RetentionTimes kept(Settings settings) {
    RetentionTimes usual = RetentionTimes.DEFAULT;
    Duration samples = kept(settings, "retention.samples", usual.samples(), Duration.ofDays(1));
    Duration minutes = kept(settings, "retention.1m", usual.minutes(), Duration.ofDays(1));
    Duration fiveMinutes = kept(settings, "retention.5m", usual.fiveMinutes(), samples);
    Duration hours = kept(settings, "retention.1h", usual.hours(), fiveMinutes);
    return new RetentionTimes(samples, minutes, fiveMinutes, hours);
  }

  private static Duration kept(Settings settings, String name, Duration usual, Duration least) {
    return settings.duration(
        name, usual.compareTo(least) < 0 ? least : usual, least, Duration.ofDays(3_650));
  }

  private static Path path(String name, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new InvalidSetting(name, "must be a path of a file or folder");
    }
  }

  private DatabaseSettings database(Settings settings) {
    try {
      return DatabaseSettings.of(
          settings.text("db.url"),
          settings.text("db.user"),
          settings.text("db.password"),
          settings.text("db.jndi"),
          data);
    } catch (IllegalArgumentException e) {
      throw new InvalidSetting("db.url", String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable Role anonymous(Settings settings) {
    String word = settings.text("anonymous");
    if (word == null || word.equals("none")) {
      return null;
    }
    if (word.equals("viewer")) {
      return Role.VIEWER;
    }
    throw new InvalidSetting("anonymous", "must be none or viewer");
  }

  private static @Nullable URI url(Settings settings) {
    String text = settings.text("url");
    return text == null ? null : web("url", text);
  }

  private static URI web(String name, String text) {
    try {
      URI url = new URI(text.strip());
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      if (url.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
        return url;
      }
    } catch (URISyntaxException e) {
      // told below, like an address of another kind
    }
    throw new InvalidSetting(name, "must be an address such as https://status.example");
  }

  private static Set<String> origins(Settings settings) {
    Set<String> origins = new LinkedHashSet<>();
    for (String origin : list(settings, "origins")) {
      URI url = web("origins", origin);
      if (!String.valueOf(url.getRawPath()).isEmpty() || url.getRawQuery() != null) {
        throw new InvalidSetting("origins", "must be origins such as https://portal.example");
      }
      origins.add(origin);
    }
    return origins;
  }

  private static List<Network> networks(Settings settings, String name) {
    List<Network> networks = new ArrayList<>();
    for (String text : list(settings, name)) {
      try {
        networks.add(Network.parse(text));
      } catch (IllegalArgumentException e) {
        throw new InvalidSetting(name, text + " " + e.getMessage());
      }
    }
    return networks;
  }

  private static StreamSettings stream(Settings settings, @Nullable URI url, Set<String> origins) {
    Set<String> allowed = new LinkedHashSet<>(origins);
    if (url != null) {
      allowed.add(url.getScheme() + "://" + url.getAuthority());
    }
    StreamSettings usual = StreamSettings.DEFAULT;
    return usual
        .withOrigins(allowed)
        .withConnections(
            settings.integer("stream.max", usual.maxConnections(), 1, MOST_CONNECTIONS),
            settings.integer("stream.max.per.user", usual.maxPerUser(), 1, MOST_CONNECTIONS),
            settings.integer("stream.max.per.address", usual.maxPerAddress(), 1, MOST_CONNECTIONS));
  }

  private static List<URI> witnesses(Settings settings) {
    List<URI> witnesses = new ArrayList<>();
    for (String text : list(settings, "witnesses")) {
      URI witness = null;
      try {
        witness = new URI(text);
      } catch (URISyntaxException e) {
        // told below
      }
      if (witness == null
          || !"tcp".equals(witness.getScheme())
          || witness.getHost() == null
          || witness.getPort() < 1
          || witness.getPort() > 65_535) {
        throw new InvalidSetting("witnesses", "must be a list such as tcp://192.0.2.1:53");
      }
      witnesses.add(witness);
    }
    return witnesses;
  }

  private static EgressPolicy egress(Settings settings) {
    if (settings.text("egress") == null) {
      return EgressPolicy.OPEN;
    }
    try {
      return EgressPolicy.of(list(settings, "egress"));
    } catch (IllegalArgumentException e) {
      throw new InvalidSetting("egress", String.valueOf(e.getMessage()));
    }
  }

  private static FrameAncestors frames(Settings settings) {
    try {
      return FrameAncestors.of(list(settings, "frame.ancestors"));
    } catch (IllegalArgumentException e) {
      throw new InvalidSetting("frame.ancestors", String.valueOf(e.getMessage()));
    }
  }

  private static List<SecretKey> keys(Settings settings) {
    try {
      return list(settings, "secret.key").stream().map(SecretKey::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new InvalidSetting("secret.key", String.valueOf(e.getMessage()));
    }
  }

  private static List<String> list(Settings settings, String name) {
    String text = settings.text(name);
    List<String> items = new ArrayList<>();
    for (String item : text == null ? new String[0] : text.split(",", -1)) {
      if (!item.isBlank()) {
        items.add(item.strip());
      }
    }
    return items;
  }

  /** The folder of the database file and the spool. */
  Path data() {
    return data;
  }

  /** What the configuration file declares, each valid. */
  Declaration declared() {
    return declared;
  }

  /** How long what is kept. */
  @Produces
  RetentionTimes kept() {
    return kept;
  }

  /** From when on a monitor flaps. */
  FlappingLimits flapping() {
    return flapping;
  }

  List<URI> witnesses() {
    return witnesses;
  }

  /** Where connections may go. */
  EgressPolicy egress() {
    return egress;
  }

  /** What seals secrets; makes the key file when it is first asked, if that is needed. */
  @Produces
  synchronized SecretBox secrets() {
    SecretBox box = secrets;
    if (box == null) {
      box = SecretBox.of(SecretKeyFile.keys(data, keys));
      secrets = box;
    }
    return box;
  }

  @Produces
  FrameAncestors frames() {
    return frames;
  }

  @Produces
  DatabaseSettings database() {
    return database;
  }

  @Produces
  AccessSettings access() {
    return access;
  }

  /** Where people sign in, if with an OpenID provider. */
  @Produces
  Optional<OidcSettings> oidc() {
    return oidc;
  }

  @Produces
  PublicAddress address() {
    return address;
  }

  @Produces
  ClientAddress client() {
    return client;
  }

  @Produces
  LdapSettings directory() {
    return directory;
  }

  @Produces
  StreamSettings stream() {
    return stream;
  }
}
