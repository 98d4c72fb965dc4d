package io.serversence.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import io.serversence.probe.TestCertificates;
import jakarta.security.enterprise.credential.CallerOnlyCredential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LdapIdentityStoreTest {
  /** The answer to StartTLS that lets it begin (RFC 4511, 4.14.2). */
  private static final byte[] GO_ON = HexFormat.of().parseHex("300c02010178070a010004000400");

  private final TestDirectory directory = new TestDirectory();

  @AfterEach
  void close() {
    directory.close();
  }

  private static LdapIdentityStore store(LdapSettings settings) {
    LdapIdentityStore store = new LdapIdentityStore();
    store.settings = settings;
    store.patience = Duration.ofSeconds(30);
    return store;
  }

  static LdapSettings settings(String url, boolean startTls, String userFilter) {
    try {
      return new LdapSettings(
          URI.create(url),
          startTls,
          TestDirectory.SERVICE,
          TestDirectory.SERVICE_PASSWORD,
          new LdapName(TestDirectory.PEOPLE),
          userFilter,
          new LdapName(TestDirectory.GROUPS),
          LdapSettings.GROUP_FILTER,
          LdapSettings.GROUP_ATTRIBUTE);
    } catch (InvalidNameException e) {
      throw new IllegalStateException(e);
    }
  }

  private LdapIdentityStore store() {
    return store(settings(directory.plainUrl(), false, LdapSettings.USER_FILTER));
  }

  private static CredentialValidationResult ask(
      LdapIdentityStore store, String name, String password) {
    return store.validate(new UsernamePasswordCredential(name, password));
  }

  private CredentialValidationResult ask(String name, String password) {
    return ask(store(), name, password);
  }

  @Test
  void the_right_password_gives_the_name_and_the_groups() {
    CredentialValidationResult grace = ask("grace", "secret of grace");

    assertThat(grace.getStatus()).isEqualTo(CredentialValidationResult.Status.VALID);
    assertThat(grace.getCallerPrincipal().getName()).isEqualTo("grace");
    assertThat(grace.getCallerDn()).isEqualTo("uid=grace," + TestDirectory.PEOPLE);
    assertThat(grace.getCallerGroups()).containsExactlyInAnyOrder("chiefs", "on call");
    assertThat(ask("joe", "secret of joe").getCallerGroups()).isEmpty();
  }

  @Test
  void a_wrong_password_and_an_unknown_name_are_invalid_after_as_many_steps() {
    assertThat(ask("ada", "wrong")).isEqualTo(CredentialValidationResult.INVALID_RESULT);
    int known = directory.steps();
    assertThat(ask("nobody", "wrong")).isEqualTo(CredentialValidationResult.INVALID_RESULT);
    assertThat(directory.steps()).isEqualTo(2 * known);
  }

  @Test
  void an_empty_password_which_any_directory_takes_for_no_bind_is_not_even_tried() {
    assertThat(ask("ada", "")).isEqualTo(CredentialValidationResult.INVALID_RESULT);
    assertThat(ask(" ", "x")).isEqualTo(CredentialValidationResult.INVALID_RESULT);
    assertThat(directory.steps()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "a*",
        "*)(uid=ada",
        "ada)(|(uid=*",
        "ada))(|(uid=ada",
        "*)(uid=*",
        "\\61da",
        "ada\u0000",
        "uid=ada",
        "{0}",
        "ada,ou=people"
      })
  void what_is_typed_is_a_name_and_never_a_filter(String name) {
    assertThat(ask(name, "secret of ada")).isEqualTo(CredentialValidationResult.INVALID_RESULT);
  }

  @Test
  void a_name_with_signs_of_filters_and_distinguished_names_is_one_like_any_other()
      throws Exception {
    String name = "o'(brien)*, \\jr/+\"x\"=#";
    DN dn = new DN(new RDN("uid", name), new DN(TestDirectory.PEOPLE));
    directory
        .server()
        .add(
            new Entry(
                dn,
                new Attribute("objectClass", "inetOrgPerson"),
                new Attribute("uid", name),
                new Attribute("userPassword", "s")));
    directory
        .server()
        .add(
            new Entry(
                "cn=odd," + TestDirectory.GROUPS,
                new Attribute("objectClass", "groupOfNames"),
                new Attribute("cn", "odd"),
                new Attribute("member", dn.toString())));

    CredentialValidationResult odd = ask(name, "s");

    assertThat(odd.getCallerPrincipal().getName()).isEqualTo(name);
    assertThat(odd.getCallerGroups()).containsExactly("odd");
  }

  @Test
  void somebody_has_one_name_however_it_is_typed() {
    assertThat(ask(" ADA ", "secret of ada").getCallerPrincipal().getName()).isEqualTo("ada");
    LdapIdentityStore byMail =
        store(settings(directory.plainUrl(), false, "(|(uid={0})(mail={0}))"));
    assertThat(ask(byMail, "ADA@example.org", "secret of ada").getCallerPrincipal().getName())
        .isEqualTo("ada");
  }

  @Test
  void a_filter_that_finds_several_proves_none_of_them() {
    LdapIdentityStore all = store(settings(directory.plainUrl(), false, "(|(uid={0})(uid=joe))"));
    assertThat(ask(all, "ada", "secret of ada"))
        .isEqualTo(CredentialValidationResult.INVALID_RESULT);
  }

  @Test
  void a_referral_is_not_followed() throws Exception {
    try (TestDirectory elsewhere = new TestDirectory()) {
      elsewhere.add("mallory");
      String there = elsewhere.plainUrl() + "/uid=mallory," + TestDirectory.PEOPLE;
      directory
          .server()
          .add(
              "dn: uid=mallory," + TestDirectory.PEOPLE,
              "objectClass: referral",
              "objectClass: extensibleObject",
              "uid: mallory",
              "ref: " + there);

      assertThat(ask("mallory", "secret of mallory"))
          .isEqualTo(CredentialValidationResult.INVALID_RESULT);
      assertThat(ask("ada", "secret of ada").getCallerGroups()).containsExactly("on call");
      assertThat(elsewhere.steps()).isZero();
    }
  }

  @Test
  void where_no_directory_is_nothing_is_said() {
    assertThat(ask(store(LdapSettings.NONE), "ada", "x"))
        .isEqualTo(CredentialValidationResult.NOT_VALIDATED_RESULT);
    assertThat(store().validate(new CallerOnlyCredential("ada")))
        .isEqualTo(CredentialValidationResult.NOT_VALIDATED_RESULT);
  }

  @Test
  void a_directory_that_is_not_there_or_refuses_the_service_is_away_without_a_secret_in_the_reason()
      throws Exception {
    directory.server().delete("uid=ada," + TestDirectory.PEOPLE);
    LdapSettings settings = settings(directory.plainUrl(), false, LdapSettings.USER_FILTER);
    LdapSettings wrong =
        new LdapSettings(
            settings.url(),
            false,
            TestDirectory.SERVICE,
            "not the secret",
            settings.userBase(),
            settings.userFilter(),
            settings.groupBase(),
            settings.groupFilter(),
            settings.groupAttribute());
    assertThatThrownBy(() -> ask(store(wrong), "ada", "typed"))
        .isInstanceOf(DirectoryAway.class)
        .hasMessageContaining("LDAP: error code 49]")
        .hasMessageNotContainingAny("typed", "secret");
    assertThat(wrong.toString()).doesNotContain("secret");
    directory.refuse();
    assertThatThrownBy(() -> ask(store(settings), "ada", "typed"))
        .isInstanceOf(DirectoryAway.class);
  }

  @Test
  void who_somebody_is_by_now_can_be_asked_without_a_password() throws Exception {
    assertThat(store().find("ada"))
        .map(Vouched::groups)
        .hasValueSatisfying(groups -> assertThat(groups).containsExactly("on call"));
    directory.remove("ada");
    assertThat(store().find("ada")).isEmpty();
  }

  @Test
  void a_certificate_that_nobody_trusts_is_refused_on_both_ways_to_tls() {
    for (LdapSettings settings :
        new LdapSettings[] {
          settings(directory.tlsUrl(), false, LdapSettings.USER_FILTER),
          settings(directory.plainUrl(), true, LdapSettings.USER_FILTER)
        }) {
      assertThatThrownBy(() -> ask(store(settings), "ada", "secret of ada"))
          .isInstanceOf(DirectoryAway.class);
    }
    assertThat(directory.steps()).isZero();
  }

  private static LdapIdentityStore trusting(TestDirectory directory) throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(TestCertificates.authority());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    LdapIdentityStore store = store(settings(directory.plainUrl(), true, LdapSettings.USER_FILTER));
    store.tls = context.getSocketFactory();
    return store;
  }

  @Test
  void the_certificate_of_another_host_is_refused() throws Exception {
    try (TestDirectory other = new TestDirectory("other")) {
      assertThatThrownBy(() -> ask(trusting(other), "ada", "secret of ada"))
          .isInstanceOf(DirectoryAway.class);
      assertThat(other.steps()).isZero();
    }
  }

  @Test
  void start_tls_comes_before_anything_else_is_said() throws Exception {
    LdapIdentityStore store = trusting(directory);

    assertThat(ask(store, "ada", "secret of ada").getCallerGroups()).containsExactly("on call");
    assertThat(ask(store, "ada", "wrong")).isEqualTo(CredentialValidationResult.INVALID_RESULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ldap", "ldaps", "start"})
  @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void a_server_that_says_nothing_more_is_not_waited_for(String way) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> begin(silent, way.equals("start")), "silent-server");
      thread.setDaemon(true);
      thread.start();
      String scheme = way.equals("ldaps") ? "ldaps" : "ldap";
      LdapIdentityStore store =
          store(
              settings(
                  scheme + "://127.0.0.1:" + silent.getLocalPort(),
                  way.equals("start"),
                  LdapSettings.USER_FILTER));
      store.patience = Duration.ofMillis(300);

      assertThatThrownBy(() -> ask(store, "ada", "x")).isInstanceOf(DirectoryAway.class);
    }
  }

  private static void begin(ServerSocket listening, boolean goOn) {
    try (Socket socket = listening.accept();
        InputStream in = socket.getInputStream()) {
      if (goOn && in.read(new byte[1_000]) > 0) {
        socket.getOutputStream().write(GO_ON);
      }
      in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      // the other side has gone
    }
  }
}
