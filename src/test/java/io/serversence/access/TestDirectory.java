package io.serversence.access;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.OperationType;
import com.unboundid.ldif.LDIFException;
import io.serversence.probe.TestCertificates;
import java.net.InetAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * A real directory on loopback, with and without TLS, in which nobody searches without a bind: ada
 * of {@code on call}, grace of {@code chiefs} and {@code on call}, joe of no group, and {@code
 * admin}, whose name is that of a local user. The password of each is {@code secret of} and the
 * name.
 */
public final class TestDirectory implements AutoCloseable {
  public static final String SERVICE = "cn=serversence,dc=example,dc=org";
  public static final String SERVICE_PASSWORD = "the service's secret";
  public static final String PEOPLE = "ou=people,dc=example,dc=org";
  public static final String GROUPS = "ou=groups,dc=example,dc=org";

  private final InMemoryDirectoryServer server;
  private final AtomicInteger steps = new AtomicInteger();
  private volatile CountDownLatch held = new CountDownLatch(0);

  public TestDirectory() {
    this("good");
  }

  /** One that shows another certificate. */
  TestDirectory(String certificate) {
    try {
      InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=org");
      config.setSchema(null);
      config.addAdditionalBindCredentials(SERVICE, SERVICE_PASSWORD);
      config.setAuthenticationRequiredOperationTypes(OperationType.SEARCH);
      SSLContext tls = TestCertificates.showing(certificate);
      InetAddress here = InetAddress.getLoopbackAddress();
      config.setListenerConfigs(
          InMemoryListenerConfig.createLDAPConfig("plain", here, 0, tls.getSocketFactory()),
          InMemoryListenerConfig.createLDAPSConfig(
              "tls", here, 0, tls.getServerSocketFactory(), null));
      config.addInMemoryOperationInterceptor(new Counting());
      server = new InMemoryDirectoryServer(config);
      server.startListening();
      server.add("dn: dc=example,dc=org", "objectClass: domain", "dc: example");
      server.add("dn: " + PEOPLE, "objectClass: organizationalUnit", "ou: people");
      server.add("dn: " + GROUPS, "objectClass: organizationalUnit", "ou: groups");
      for (String name : new String[] {"ada", "grace", "joe", "admin"}) {
        add(name);
      }
      group("on call", "ada", "grace");
      group("chiefs", "grace", "admin");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Adds a user. */
  public void add(String name) throws LDAPException, LDIFException {
    server.add(
        "dn: uid=" + name + "," + PEOPLE,
        "objectClass: inetOrgPerson",
        "uid: " + name,
        "mail: " + name + "@example.org",
        "userPassword: " + password(name));
  }

  /** Replaces a group. */
  public void group(String name, String... members) throws LDAPException, LDIFException {
    String dn = "cn=" + name + "," + GROUPS;
    if (server.getEntry(dn) != null) {
      server.delete(dn);
    }
    server.add("dn: " + dn, "objectClass: groupOfNames", "cn: " + name);
    for (String member : members) {
      server.modify(
          "dn: " + dn, "changetype: modify", "add: member", "member: uid=" + member + "," + PEOPLE);
    }
  }

  /** Adds or removes anything. */
  InMemoryDirectoryServer server() {
    return server;
  }

  public void remove(String name) throws LDAPException {
    server.delete("uid=" + name + "," + PEOPLE);
  }

  public static String password(String name) {
    return "secret of " + name;
  }

  public String plainUrl() {
    return "ldap://127.0.0.1:" + server.getListenPort("plain");
  }

  public String tlsUrl() {
    return "ldaps://127.0.0.1:" + server.getListenPort("tls");
  }

  /** How many binds and searches there were. */
  int steps() {
    return steps.get();
  }

  /** Refuses connections, those that are there too, until it listens again on the same ports. */
  public void refuse() {
    server.shutDown(true);
  }

  public void listen() throws LDAPException {
    server.startListening();
  }

  /** Takes questions and answers none of them, until {@link #answer}. */
  public void hang() {
    held = new CountDownLatch(1);
  }

  public void answer() {
    held.countDown();
  }

  private void step() {
    steps.incrementAndGet();
    try {
      held.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    answer();
    server.shutDown(true);
  }

  private final class Counting extends InMemoryOperationInterceptor {
    @Override
    public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) {
      step();
    }

    @Override
    public void processSearchRequest(InMemoryInterceptedSearchRequest request) {
      step();
    }
  }
}
