use super::*;

/// Says back whatever it hears.
async fn echo() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let (mut from, mut to) = stream.split();
                tokio::io::copy(&mut from, &mut to).await
            });
        }
    });
    address
}

async fn say(stream: &mut TcpStream, text: &[u8]) -> io::Result<Vec<u8>> {
    stream.write_all(text).await?;
    let mut heard = vec![0; text.len()];
    stream.read_exact(&mut heard).await?;
    Ok(heard)
}

async fn call(proxy: &FaultProxy) -> io::Result<TcpStream> {
    TcpStream::connect(proxy.address()).await
}

#[tokio::test]
async fn a_good_line_passes_everything() {
    let proxy = FaultProxy::start(echo().await).await;
    let mut stream = call(&proxy).await.expect("a connection");
    assert_eq!(
        say(&mut stream, b"hello").await.expect("an answer"),
        b"hello"
    );
}

#[tokio::test]
async fn a_refusing_line_refuses_new_callers_resets_old_ones_and_comes_back_at_the_same_address() {
    let proxy = FaultProxy::start(echo().await).await;
    let mut old = call(&proxy).await.expect("a connection");
    say(&mut old, b"hello").await.expect("an answer");
    proxy.set(Line::Refusing).await;
    let refused = call(&proxy).await.expect_err("nobody listens");
    assert_eq!(refused.kind(), io::ErrorKind::ConnectionRefused);
    let reset = old.read(&mut [0]).await.expect_err("it was reset");
    assert_eq!(reset.kind(), io::ErrorKind::ConnectionReset);
    proxy.set(Line::Good).await;
    let mut new = call(&proxy).await.expect("a connection");
    say(&mut new, b"hello").await.expect("an answer");
}

#[tokio::test]
async fn a_black_hole_keeps_what_is_said_until_it_is_gone() {
    let proxy = FaultProxy::start(echo().await).await;
    let mut stream = call(&proxy).await.expect("a connection");
    proxy.set(Line::BlackHole).await;
    let lost = tokio::time::timeout(Duration::from_millis(50), say(&mut stream, b"hello"));
    lost.await.expect_err("nothing passes");
    proxy.set(Line::Good).await;
    let mut heard = [0; 5];
    stream.read_exact(&mut heard).await.expect("it was kept");
    assert_eq!(&heard, b"hello");
}

#[tokio::test]
async fn a_cut_line_ends_in_the_middle_of_the_answer() {
    let proxy = FaultProxy::start(echo().await).await;
    proxy.set(Line::CutAfter(3)).await;
    let mut stream = call(&proxy).await.expect("a connection");
    stream.write_all(b"hello").await.expect("sent");
    let mut heard = Vec::new();
    let end = stream.read_to_end(&mut heard).await;
    assert_eq!(heard, b"hel", "{end:?}");
}

#[tokio::test]
async fn a_trickling_line_lets_one_byte_pass_at_a_time_and_a_delayed_one_waits() {
    let proxy = FaultProxy::start(echo().await).await;
    let mut stream = call(&proxy).await.expect("a connection");
    proxy.set(Line::Trickling(Duration::from_millis(20))).await;
    let before = tokio::time::Instant::now();
    say(&mut stream, b"hello").await.expect("an answer");
    assert!(before.elapsed() >= Duration::from_millis(100));
    proxy.set(Line::Delayed(Duration::from_millis(80))).await;
    let before = tokio::time::Instant::now();
    say(&mut stream, b"hello").await.expect("an answer");
    assert!(before.elapsed() >= Duration::from_millis(80));
}

#[tokio::test]
async fn a_line_that_answers_says_its_error_to_each_command_and_passes_nothing() {
    let proxy = FaultProxy::start(echo().await).await;
    proxy.set(Line::Answering("LOADING not yet")).await;
    let mut stream = call(&proxy).await.expect("a connection");
    let commands = b"*1\r\n$4\r\nPING\r\n*1\r\n$4\r\nPING\r\n";
    stream.write_all(commands).await.expect("sent");
    let mut heard = vec![0; 2 * "-LOADING not yet\r\n".len()];
    stream.read_exact(&mut heard).await.expect("two answers");
    assert_eq!(heard, b"-LOADING not yet\r\n".repeat(2));
    proxy.set(Line::Good).await;
    let mut stream = call(&proxy).await.expect("a connection");
    let heard = say(&mut stream, b"hello").await.expect("an answer");
    assert_eq!(heard, b"hello");
}
