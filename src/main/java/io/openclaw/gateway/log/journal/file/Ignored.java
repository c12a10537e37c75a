package io.openclaw.gateway.log.journal.file;

import java.util.List;
import org.apache.activemq.artemis.core.journal.LoaderCallback;
import org.apache.activemq.artemis.core.journal.PreparedTransactionInfo;
import org.apache.activemq.artemis.core.journal.RecordInfo;

/** For those who know already what is in the files. */
enum Ignored implements LoaderCallback {
  INSTANCE;

  @Override
  public void addRecord(RecordInfo record) {}

  @Override
  public void updateRecord(RecordInfo record) {}

  @Override
  public void deleteRecord(long id) {}

  @Override
  public void addPreparedTransaction(PreparedTransactionInfo transaction) {}

  @Override
  public void failedTransaction(
      long transaction, List<RecordInfo> added, List<RecordInfo> deleted) {}
}
