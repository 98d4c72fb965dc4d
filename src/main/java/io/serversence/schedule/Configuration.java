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
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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
          "secret.key",
          "anonymous",
          "admin.password");

  /** What the file's {@code settings} may hold; a misspelt one must not be a silent default. */
  private static final Set<String> KNOWN =
      Stream.of(
              NAMES,
              WebSettings.NAMES,
              WatchSettings.NAMES,
              OutsideSettings.NAMES,
              DirectorySettings.NAMES,
              OidcConfiguration.NAMES)
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
    URI url = WebSettings.url(settings);
    Set<String> origins = WebSettings.origins(settings);
    address = new PublicAddress(url, origins);
    client = OutsideSettings.client(settings);
    directory = DirectorySettings.read(settings);
    stream = WebSettings.stream(settings, url, origins);
    frames = WebSettings.frames(settings);
    witnesses = WatchSettings.witnesses(settings);
    egress = WatchSettings.egress(settings);
    keys = keys(settings);
    kept = WatchSettings.kept(settings);
    flapping = WatchSettings.flapping(settings);
  }

  private static Declaration declared(ConfigurationFile file) {
    try {
      return Declaration.read(file.declared()).alone();
    } catch (InvalidDocument e) {
      throw InvalidSetting.inFile(file.name(), e);
    }
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

  private static List<SecretKey> keys(Settings settings) {
    try {
      return settings.list("secret.key").stream().map(SecretKey::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new InvalidSetting("secret.key", String.valueOf(e.getMessage()));
    }
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
