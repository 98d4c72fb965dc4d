package io.serversence.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.serversence.access.Caller;
import io.serversence.document.Refused;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.websocket.CloseReason;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The event stream over WebSocket (STREAM.md); one instance per connection. */
@ServerEndpoint(
    value = StreamSocket.PATH,
    subprotocols = StreamSocket.PROTOCOL,
    configurator = Handshake.class)
public class StreamSocket {
  static final String PATH = "/api/ws";
  static final String PROTOCOL = "serversence.v1";

  private static final Logger LOG = System.getLogger(StreamSocket.class.getName());
  private static final int MOST_MESSAGE = 64 * 1024;

  @Inject private @Nullable LiveStream stream;
  @Inject private @Nullable Instance<Commands> commands;
  private volatile @Nullable Client client;
  private volatile @Nullable Conversation conversation;
  private final StringBuilder text = new StringBuilder();
  private int size;

  /** Takes the client in. */
  @OnOpen
  public void open(Session session, EndpointConfig config) {
    Engine engine = engine();
    Caller caller = Handshake.caller(config);
    String address = Handshake.address(config);
    SocketTransport transport = new SocketTransport(session);
    Ending refused = engine.admit(transport, caller, address, null, this::converse);
    if (refused != null) {
      refuse(transport, refused, engine.room().jitter());
    }
  }

  private Engine engine() {
    return Objects.requireNonNull(stream).engine();
  }

  private void converse(Client mine) {
    Room room = engine().room();
    Instance<Commands> found = commands;
    Commands all = found != null && found.isResolvable() ? found.get() : new NoCommands();
    client = mine;
    conversation = new Conversation(mine.caller(), all, mine, room.clock, room.nanos);
  }

  /** Says bye, and closes once that is written or has failed. */
  private static void refuse(SocketTransport transport, Ending why, double jitter) {
    transport.open(
        new Transport.Listener() {
          @Override
          public void written() {
            transport.close(why);
          }

          @Override
          public void progressed() {}

          @Override
          public void ponged() {}

          @Override
          public void gone() {
            transport.close(why);
          }
        });
    transport.write(Notice.bye(Wire.TEXT, String.valueOf(why.word()), why.reconnectMs(jitter)));
  }

  /** A piece of a text message; put together here, for WildFly does not end those too long. */
  @OnMessage
  public void text(String piece, boolean last) {
    Conversation mine = conversation;
    if (mine == null || tooLong(piece.getBytes(UTF_8).length)) {
      return;
    }
    text.append(piece);
    if (last) {
      String message = text.toString();
      text.setLength(0);
      size = 0;
      mine.text(message);
    }
  }

  @OnMessage
  public void binary(ByteBuffer piece, boolean last) {
    Conversation mine = conversation;
    if (mine != null && !tooLong(piece.remaining()) && last) {
      size = 0;
      mine.binary();
    }
  }

  /** Adds to the message's size, in bytes. Past the limit the connection ends, all is ignored. */
  private boolean tooLong(int more) {
    Client mine = client;
    if (size <= MOST_MESSAGE) {
      size += more;
      if (size > MOST_MESSAGE && mine != null) {
        text.setLength(0);
        mine.end(Ending.TOO_BIG);
      }
    }
    return size > MOST_MESSAGE;
  }

  @OnMessage
  public void pong(PongMessage message) {
    Client mine = client;
    if (mine != null) {
      mine.ponged();
    }
  }

  @OnClose
  public void close(CloseReason reason) {
    Client mine = client;
    if (mine != null) {
      mine.gone();
    }
  }

  /** Containers tell of broken connections here; what is left is a fault of ours. */
  @OnError
  public void error(Session session, Throwable fault) {
    LOG.log(Level.DEBUG, "a WebSocket connection failed", fault);
    Client mine = client;
    if (mine != null && !session.isOpen()) {
      mine.gone();
    }
  }

  /** While no operations are deployed. */
  private static final class NoCommands implements Commands {
    @Override
    public boolean knows(String op) {
      return false;
    }

    @Override
    public CompletionStage<JsonValue> run(String op, JsonObject arguments, Caller caller) {
      return CompletableFuture.failedStage(
          new Refused(Refused.Reason.NOT_FOUND, "there is no such operation"));
    }
  }
}
