package io.openclaw.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdentityTest {
  private static Identity with(Map<String, Object> claims) {
    return new Identity("ann", Set.of(), claims, null, null);
  }

  @Test
  void claimsAreCopiedWithWhatIsNested() {
    List<Object> list = new ArrayList<>(List.of("x"));
    Map<String, Object> nested = new HashMap<>(Map.of("list", list));
    Identity identity = with(Map.of("nested", nested));
    list.add("y");
    nested.put("more", 1);
    assertEquals(Map.of("nested", Map.of("list", List.of("x"))), identity.claims());
    assertThrows(
        UnsupportedOperationException.class, () -> identity.claims().put("other", "value"));
  }

  @Test
  void nullClaimsAreLeftOut() {
    Map<String, Object> claims = new HashMap<>();
    claims.put("none", null);
    assertEquals(Map.of(), with(claims).claims());
  }

  @Test
  void aClaimIsFoundByItsWholeNameBeforeAPath() {
    Identity identity = with(Map.of("a.b", "whole", "a", Map.of("b", "nested", "c", "nested")));
    assertEquals(Optional.of("whole"), identity.claim("a.b"));
    assertEquals(Optional.of("nested"), identity.claim("a.c"));
    assertEquals(Optional.empty(), identity.claim("a.d"));
    assertEquals(Optional.empty(), identity.claim("x.y"));
    assertEquals(Optional.empty(), identity.claim(""));
  }

  @Test
  void onlyTheNamelessIsAnonymous() {
    assertTrue(Identity.ANONYMOUS.isAnonymous());
    assertFalse(with(Map.of()).isAnonymous());
    assertEquals("Identity[anonymous]", Identity.ANONYMOUS.toString());
  }
}
