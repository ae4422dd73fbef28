import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MultiDocValues;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

/** Lucene for the speed benchmark: documents or queries come in a line each. */
public final class LucenePeer {
  private static final int K = 10;
  private static final String BODY = "body";
  private static final BM25Similarity BM25 = new BM25Similarity(1.2f, 0.75f);

  /** Tokens that stand ready between spaces. */
  private static final class Tokens extends TokenStream {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private String line = "";
    private int at;

    Tokens of(String text) {
      line = text;
      at = 0;
      return this;
    }

    @Override
    public boolean incrementToken() {
      if (at >= line.length()) {
        return false;
      }
      clearAttributes();
      int end = line.indexOf(' ', at);
      end = end < 0 ? line.length() : end;
      term.append(line, at, end);
      at = end + 1;
      return true;
    }
  }

  public static void main(String[] arguments) throws IOException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Directory directory = MMapDirectory.open(Path.of(arguments[1]))) {
      if (arguments[0].equals("build")) {
        build(directory, in);
      } else {
        serve(directory, in, out);
      }
    }
  }

  private static void build(Directory directory, BufferedReader in) throws IOException {
    var config = new IndexWriterConfig(null).setSimilarity(BM25).setRAMBufferSizeMB(256);
    var type = new FieldType();
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
    type.setTokenized(true);
    type.freeze();
    var tokens = new Tokens();
    try (var writer = new IndexWriter(directory, config)) {
      long number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        var document = new Document();
        document.add(new Field(BODY, tokens.of(line), type));
        document.add(new NumericDocValuesField("id", number++));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
  }

  private static void serve(Directory directory, BufferedReader in, PrintStream out)
      throws IOException {
    try (var reader = DirectoryReader.open(directory)) {
      var searcher = new IndexSearcher(reader);
      searcher.setSimilarity(BM25);
      searcher.setQueryCache(null); // the same query three times is not to be answered from memory
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ");
        long start = System.nanoTime();
        Query query = query(words[0], Arrays.copyOfRange(words, 1, words.length));
        ScoreDoc[] hits = searcher.search(query, K).scoreDocs;
        long[] numbers = numbers(reader, hits);
        long took = System.nanoTime() - start;
        var text = new StringBuilder().append(took);
        for (long number : numbers) {
          text.append(' ').append(number);
        }
        out.println(text);
      }
    }
  }

  private static Query query(String mode, String[] words) {
    if (mode.equals("term")) {
      return new TermQuery(new Term(BODY, words[0]));
    }
    if (mode.equals("phrase")) {
      return new PhraseQuery(BODY, words);
    }
    var occur = mode.equals("and") ? BooleanClause.Occur.MUST : BooleanClause.Occur.SHOULD;
    var query = new BooleanQuery.Builder();
    for (String word : words) {
      query.add(new TermQuery(new Term(BODY, word)), occur);
    }
    return query.build();
  }

  /** The numbers the hits were given; values can only be read forward, so anew for each. */
  private static long[] numbers(DirectoryReader reader, ScoreDoc[] hits) throws IOException {
    long[] numbers = new long[hits.length];
    for (int at = 0; at < hits.length; at++) {
      NumericDocValues ids = MultiDocValues.getNumericValues(reader, "id");
      ids.advanceExact(hits[at].doc);
      numbers[at] = ids.longValue();
    }
    return numbers;
  }
}
