package io.serversence.access;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.PartialResultException;
import javax.naming.SizeLimitExceededException;
import javax.naming.directory.Attribute;
import javax.naming.directory.SearchControls;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.InitialLdapContext;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.StartTlsRequest;
import javax.naming.ldap.StartTlsResponse;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the directory, by JNDI. Referrals are not followed, nothing that an entry holds
 * is made into an object, and what people type is escaped wherever it gets into a filter. Used by
 * one thread.
 */
final class LdapConnection implements AutoCloseable {
  private static final int MOST_GROUPS = 1_000;

  private final int millis;
  private final LdapContext context;

  /**
   * Connects, over TLS if that is configured.
   *
   * @param time that the connection, and then each answer, may take
   * @param tls what StartTLS gets its TLS from, or null for the JVM's
   */
  @SuppressWarnings("JdkObsolete") // JNDI wants a Hashtable
  LdapConnection(LdapSettings settings, Duration time, @Nullable SSLSocketFactory tls)
      throws NamingException, IOException {
    millis = Math.toIntExact(time.toMillis());
    Hashtable<String, Object> environment = new Hashtable<>();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
    environment.put(Context.PROVIDER_URL, Objects.requireNonNull(settings.url()).toString());
    environment.put(Context.SECURITY_AUTHENTICATION, "none");
    environment.put(Context.REFERRAL, "ignore");
    environment.put("java.naming.ldap.version", "3");
    environment.put("com.sun.jndi.ldap.connect.timeout", Integer.toString(millis));
    environment.put("com.sun.jndi.ldap.read.timeout", Integer.toString(millis));
    context = new InitialLdapContext(environment, null);
    try {
      if (settings.startTls()) {
        StartTlsResponse start =
            (StartTlsResponse) context.extendedOperation(new StartTlsRequest());
        start.negotiate(
            new BoundedTlsSockets(
                tls == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : tls, millis));
      }
    } catch (NamingException | IOException e) {
      close();
      throw e;
    }
  }

  /**
   * Says who asks from now on.
   *
   * @param password not empty, since that would prove nothing and succeed
   */
  void bind(String dn, String password) throws NamingException {
    if (password.isEmpty()) {
      throw new IllegalArgumentException("a bind without a password proves nothing");
    }
    context.addToEnvironment(Context.SECURITY_AUTHENTICATION, "simple");
    context.addToEnvironment(Context.SECURITY_PRINCIPAL, dn);
    context.addToEnvironment(Context.SECURITY_CREDENTIALS, password);
    context.reconnect(null);
  }

  /**
   * An entry.
   *
   * @param values of the attribute that was asked for
   */
  record Entry(String dn, List<String> values) {}

  /** The entries that a filter finds, two of them at most. */
  List<Entry> upToTwo(LdapName base, String filter, String attribute, String... arguments)
      throws NamingException {
    return search(base, filter, attribute, 2, arguments);
  }

  /** All values of an attribute of what a filter finds. */
  Set<String> values(LdapName base, String filter, String attribute, String... arguments)
      throws NamingException {
    Set<String> values = new LinkedHashSet<>();
    for (Entry entry : search(base, filter, attribute, MOST_GROUPS, arguments)) {
      values.addAll(entry.values());
    }
    return values;
  }

  @SuppressWarnings("BanJNDI") // which may make objects of entries, but is told not to
  private List<Entry> search(
      LdapName base, String filter, String attribute, int most, String... arguments)
      throws NamingException {
    SearchControls controls =
        new SearchControls(
            SearchControls.SUBTREE_SCOPE, most, millis, new String[] {attribute}, false, false);
    List<Entry> found = new ArrayList<>();
    NamingEnumeration<SearchResult> results =
        context.search(base, filter, (Object[]) arguments, controls);
    try {
      while (results.hasMore()) {
        SearchResult result = results.next();
        found.add(new Entry(result.getNameInNamespace(), values(result, attribute)));
      }
    } catch (PartialResultException | SizeLimitExceededException e) {
      // the rest is behind a referral, or more than anybody needs: what is here counts
    } finally {
      results.close();
    }
    return found;
  }

  private static List<String> values(SearchResult result, String name) throws NamingException {
    Attribute attribute = result.getAttributes().get(name);
    if (attribute == null) {
      return List.of();
    }
    return Collections.list(attribute.getAll()).stream()
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .toList();
  }

  @Override
  public void close() {
    try {
      context.close();
    } catch (NamingException e) {
      // it is of no use any more
    }
  }
}
