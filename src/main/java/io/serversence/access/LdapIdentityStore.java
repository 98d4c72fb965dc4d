package io.serversence.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.AuthenticationException;
import javax.naming.InvalidNameException;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.NoPermissionException;
import javax.naming.OperationNotSupportedException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The users of an LDAP directory: one is found by a filter, then proves to be it by a bind. Why
 * this is not Jakarta Security's own is in RATIONALE.md. It blocks; {@link Directory} bounds that.
 * Safe for use by many threads.
 */
@ApplicationScoped
public class LdapIdentityStore implements IdentityStore {
  /** How long a connection, and then each answer, may take. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final System.Logger LOG = System.getLogger(LdapIdentityStore.class.getName());
  private static final Pattern ASKED_BY = Pattern.compile("\\(([A-Za-z][A-Za-z0-9-]*)=\\{0\\}\\)");
  private static final Pattern CODE = Pattern.compile("(LDAP: error code \\d+).*", Pattern.DOTALL);

  /** Asks for no attribute (RFC 4511, 4.5.1.8). */
  private static final String NONE = "1.1";

  @Inject LdapSettings settings;

  Duration patience = PATIENCE;

  /** For StartTLS; null for the JVM's, which takes a while to make and is seldom needed. */
  @Nullable SSLSocketFactory tls;

  @SuppressWarnings("NullAway.Init") // CDI sets the settings
  public LdapIdentityStore() {}

  /** Somebody in the directory. */
  private record Person(String dn, Vouched vouched) {}

  /**
   * Tries a name and a password out. Somebody unknown takes as many steps as somebody known.
   *
   * @return not validated where there is no directory, or for a credential of another kind
   * @throws DirectoryAway if the directory cannot tell
   */
  @Override
  public CredentialValidationResult validate(Credential credential) {
    if (!settings.configured() || !(credential instanceof UsernamePasswordCredential typed)) {
      return CredentialValidationResult.NOT_VALIDATED_RESULT;
    }
    String password = typed.getPasswordAsString();
    if (password.isEmpty() || typed.getCaller().isBlank()) {
      return CredentialValidationResult.INVALID_RESULT;
    }
    try (LdapConnection connection = opened()) {
      Person person = person(connection, typed.getCaller());
      String dn = person == null ? "cn=nobody," + settings.userBase() : person.dn();
      if (!binds(connection, dn, password) || person == null) {
        return CredentialValidationResult.INVALID_RESULT;
      }
      return new CredentialValidationResult(
          null, person.vouched().name(), dn, dn, person.vouched().groups());
    } catch (NamingException | IOException e) {
      throw away(e);
    }
  }

  /**
   * Who somebody is by now; empty if the directory does not know the name.
   *
   * @throws DirectoryAway if the directory cannot tell
   */
  Optional<Vouched> find(String name) {
    try (LdapConnection connection = opened()) {
      return Optional.ofNullable(person(connection, name)).map(Person::vouched);
    } catch (NamingException | IOException e) {
      throw away(e);
    }
  }

  private LdapConnection opened() throws NamingException, IOException {
    LdapConnection connection = new LdapConnection(settings, patience, tls);
    String dn = settings.bindDn();
    String password = settings.bindPassword();
    if (dn != null && password != null) {
      try {
        connection.bind(dn, password);
      } catch (NamingException e) {
        connection.close();
        throw e;
      }
    }
    return connection;
  }

  private @Nullable Person person(LdapConnection connection, String typed) throws NamingException {
    Matcher matcher = ASKED_BY.matcher(settings.userFilter());
    String attribute = matcher.find() ? matcher.group(1) : NONE;
    List<LdapConnection.Entry> found =
        connection.upToTwo(settings.userBase(), settings.userFilter(), attribute, typed);
    boolean known = found.size() == 1;
    if (found.size() > 1) {
      LOG.log(System.Logger.Level.WARNING, "SERVERSENCE_LDAP_USER_FILTER finds several for a name");
    }
    String dn = known ? found.get(0).dn() : "cn=nobody," + settings.userBase();
    String name = known ? name(found.get(0), typed) : typed;
    Set<String> groups =
        settings.groupBase() == null
            ? Set.of()
            : connection.values(
                settings.groupBase(), settings.groupFilter(), settings.groupAttribute(), dn, name);
    return known ? new Person(dn, new Vouched(name, groups)) : null;
  }

  /** As the directory spells it, so that nobody has several names by case, spaces or e-mail. */
  private static String name(LdapConnection.Entry entry, String typed) {
    String plain = typed.strip().toLowerCase(Locale.ROOT);
    return entry.values().stream()
        .filter(value -> value.strip().toLowerCase(Locale.ROOT).equals(plain))
        .findFirst()
        .or(() -> entry.values().stream().findFirst())
        .orElse(typed)
        .strip();
  }

  private static boolean binds(LdapConnection connection, String dn, String password)
      throws NamingException {
    try {
      connection.bind(dn, password);
      return true;
    } catch (AuthenticationException
        | NoPermissionException
        | OperationNotSupportedException // some say so of accounts that are locked
        | NameNotFoundException
        | InvalidNameException refused) {
      return false;
    }
  }

  /** Without the directory's own words, which may repeat what was typed. */
  private static DirectoryAway away(Exception e) {
    String message = CODE.matcher(String.valueOf(e.getMessage())).replaceFirst("$1]");
    return new DirectoryAway(e.getClass().getSimpleName() + ": " + message, e);
  }
}
