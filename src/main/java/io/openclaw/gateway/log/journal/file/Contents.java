package io.openclaw.gateway.log.journal.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.activemq.artemis.core.journal.RecordInfo;
import org.apache.activemq.artemis.core.journal.impl.JournalReaderCallback;

/** Collects the records of files. Confined to one thread. */
final class Contents implements JournalReaderCallback {
  private final List<RecordInfo> added = new ArrayList<>();
  private final List<RecordInfo> notes = new ArrayList<>();
  private final Set<Long> deleted = new HashSet<>();

  @Override
  public void onReadAddRecord(RecordInfo record) {
    added.add(record);
  }

  @Override
  public void onReadEventRecord(RecordInfo record) {
    notes.add(record);
  }

  @Override
  public void onReadDeleteRecord(long id) {
    deleted.add(id);
  }

  /** How many records there were so far, of whatever kind. */
  int count() {
    return added.size() + notes.size() + deleted.size();
  }

  /** What was added and not deleted, in the order of the files. */
  List<RecordInfo> records() {
    return added.stream().filter(record -> !deleted.contains(record.id)).toList();
  }

  List<RecordInfo> notes() {
    return notes;
  }
}
