package io.openclaw.gateway.lab;

import java.net.InetSocketAddress;

/**
 * Where clients reach a node, or all of them by one address.
 *
 * @param number the node's; what a client writes down
 */
record Node(int number, InetSocketAddress address) {
  static Node at(int number, int port) {
    return new Node(number, new InetSocketAddress("127.0.0.1", port));
  }
}
