package io.serversence.alert;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** A real SMTP server on a free port of the loopback, which keeps what it takes. */
public final class MailServer implements AutoCloseable {
  /** A mail as it came. */
  public record Mail(String from, List<String> to, String source) {}

  final List<Mail> mails = new CopyOnWriteArrayList<>();
  final List<String> logins = new CopyOnWriteArrayList<>();

  /** What it says to a recipient, to the mail itself, or null where it takes them. */
  volatile RejectException noRecipient;

  volatile RejectException noMail;
  private final SMTPServer server;

  /** One that takes all. */
  public MailServer() {
    this(server -> server);
  }

  MailServer(UnaryOperator<SMTPServer.Builder> more) {
    server =
        more.apply(
                SMTPServer.port(0)
                    .bindAddress(InetAddress.getLoopbackAddress())
                    .hostName("localhost")
                    .messageHandlerFactory(context -> new Handler()))
            .build();
    server.start();
  }

  /** Wants a login. */
  static SMTPServer.Builder guarded(SMTPServer.Builder server, List<String> logins, String user) {
    return server
        .requireAuth()
        .authenticationHandlerFactory(
            new EasyAuthenticationHandlerFactory(
                (name, password, context) -> {
                  logins.add(name + ":" + password);
                  if (!user.equals(name + ":" + password)) {
                    throw new LoginFailedException("535 5.7.8 wrong login " + password);
                  }
                }));
  }

  /** What it has taken, as it came. */
  public List<Mail> mails() {
    return List.copyOf(mails);
  }

  public int port() {
    return server.getPortAllocated();
  }

  @Override
  public void close() {
    server.stop();
  }

  private final class Handler implements MessageHandler {
    private final List<String> to = new ArrayList<>();
    private String from = "";

    @Override
    public void from(String sender) {
      from = sender;
    }

    @Override
    public void recipient(String recipient) throws RejectException {
      if (noRecipient != null) {
        throw noRecipient;
      }
      to.add(recipient);
    }

    @Override
    public String data(InputStream data) throws RejectException, IOException {
      String source = new String(data.readAllBytes(), StandardCharsets.UTF_8);
      if (noMail != null) {
        throw noMail;
      }
      mails.add(new Mail(from, List.copyOf(to), source));
      return "taken";
    }

    @Override
    public void done() {
      // nothing is held
    }
  }
}
