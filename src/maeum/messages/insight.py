"""Sentences of `maeum insight`: reviews per title and source."""

MESSAGES = {
    # arguments
    "arg_reviews": {
        "en": "A table of reviews (CSV, TSV, JSONL, Parquet, Excel), or a corpus with titles: nsmc-raw, kmrd, sample.",
        "ko": "리뷰 표(CSV, TSV, JSONL, Parquet, Excel) 또는 제목이 있는 말뭉치: nsmc-raw, kmrd, sample.",
    },
    "arg_out": {
        "en": "Folder for the tables, insight.json and the page index.html.",
        "ko": "표, insight.json, 페이지 index.html을 쓸 폴더.",
    },
    "arg_what": {
        "en": "What to find: sentiment, emotion, or both (the default; with --model fast sentiment alone).",
        "ko": "무엇을 볼지: sentiment(감성), emotion(감정), 또는 둘 다(기본값. --model fast이면 감성만).",
    },
    "arg_model": {
        "en": "Model of sentiment: of the package (fast, small), a run folder or a model folder.",
        "ko": "감성 모델: 꾸러미에 든 모델(fast, small), 학습 결과 폴더, 모델 폴더.",
    },
    "arg_emotion_model": {
        "en": "Model of KOTE's 44 emotions: emotion (of the package), a run folder or a model folder.",
        "ko": "KOTE 감정 44가지 모델: emotion(꾸러미에 든 모델), 학습 결과 폴더, 모델 폴더.",
    },
    "arg_emotion_labels": {
        "en": "File with the names of the emotion model's labels, one a line, where it only numbers them (LABEL_0).",
        "ko": "감정 모델의 레이블이 번호뿐일 때(LABEL_0) 그 이름을 한 줄에 하나씩 적은 파일.",
    },
    "arg_overwrite": {
        "en": "Replace an insight folder that exists.",
        "ko": "이미 있는 분석 폴더를 바꿉니다.",
    },
    "arg_format": {"en": "How the summary is printed.", "ko": "요약을 출력하는 형식."},
    # progress
    "surveying": {"en": "Looking through", "ko": "훑어보는 중"},
    "gathering": {"en": "Gathering texts", "ko": "텍스트를 모으는 중"},
    "judging": {"en": "Judging", "ko": "판단하는 중"},
    "comparing": {"en": "Comparing titles", "ko": "제목을 비교하는 중"},
    "reviews": {"en": "reviews", "ko": "리뷰"},
    "titles": {"en": "titles", "ko": "제목"},
    "frame": {"en": "table", "ko": "표"},
    # columns
    "role_text": {"en": "text", "ko": "텍스트"},
    "role_title": {"en": "title", "ko": "제목"},
    "role_source": {"en": "source", "ko": "출처"},
    "role_date": {"en": "date", "ko": "날짜"},
    "role_rating": {"en": "stars", "ko": "별점"},
    "guessed": {
        "en": "Columns found by their names: {found}.",
        "ko": "열 이름으로 찾은 열: {found}.",
    },
    "title_twice": {
        "en": "--title names one title for all reviews and --title-column a column of titles. Give one of them.",
        "ko": "--title은 모든 리뷰의 제목 하나를, --title-column은 제목이 든 열을 정합니다. 둘 중 하나만 지정하세요.",
    },
    "column_twice": {
        "en": "One column was named for two things: {column}. Give each its own column.",
        "ko": "한 열을 두 가지로 지정했습니다: {column}. 저마다 다른 열을 지정하세요.",
    },
    "title_unclear": {
        "en": "'{path}' has no column that is known to hold titles. Name it with {flags}, or take all reviews as those of one "
        "title with --title NAME. Columns: {found}",
        "ko": "'{path}'에서 제목이 든 열을 찾지 못했습니다. {flags}으로 지정하거나, 모두 한 제목의 리뷰라면 --title 이름으로 지정하세요. "
        "열: {found}",
    },
    "columns_unclear": {
        "en": "Columns that are needed were not found in '{path}'. Name them with {flags}. Columns: {found}",
        "ko": "'{path}'에서 필요한 열을 찾지 못했습니다. {flags}으로 지정하세요. 열: {found}",
    },
    # data
    "unknown_data": {
        "en": "'{name}' is neither a file nor a corpus with titles.{near} Corpora with titles: {known}",
        "ko": "'{name}'{name:-은/는} 파일도, 제목이 있는 말뭉치도 아닙니다.{near} 제목이 있는 말뭉치: {known}",
    },
    "corpus_no_titles": {
        "en": "The reviews of '{corpus}' do not say what they are about, so there are no titles to compare. Corpora with "
        "titles: {known}",
        "ko": "'{corpus}'에는 무엇에 대한 리뷰인지 적혀 있지 않아 비교할 제목이 없습니다. 제목이 있는 말뭉치: {known}",
    },
    "no_split": {
        "en": "insight reads all of '{corpus}'; nothing is trained on it. Leave ':{split}' out.",
        "ko": "insight는 '{corpus}' 전체를 읽습니다(학습하지 않습니다). ':{split}'{split:-을/를} 빼세요.",
    },
    "nothing_left": {
        "en": "None of the {rows:,} rows of '{path}' can be used: without text {no_text:,}, without title {no_title:,}, unreadable "
        "{unreadable:,}. Look at the columns that were taken for text and title, or name others.",
        "ko": "'{path}'의 {rows:,}행 가운데 쓸 수 있는 행이 없습니다. 텍스트 없음 {no_text:,}, 제목 없음 {no_title:,}, 읽을 수 없음 "
        "{unreadable:,}. 텍스트와 제목으로 쓴 열이 맞는지 보고 다른 열을 지정하세요.",
    },
    "choose_needs_dates": {
        "en": "--choose {choose} needs dates, and '{path}' has no column that is known to hold them. Name it with --date-column, "
        "or give --choose random. Columns: {found}",
        "ko": "--choose {choose}에는 날짜가 필요한데 '{path}'에서 날짜가 든 열을 찾지 못했습니다. --date-column으로 지정하거나 --choose "
        "random을 쓰세요. 열: {found}",
    },
    # models
    "what_unknown": {
        "en": "--what takes sentiment, emotion, or both joined by a comma; found '{found}'.{near} Known: {known}",
        "ko": "--what에는 sentiment, emotion 또는 쉼표로 이은 둘 다를 쓸 수 있는데 '{found}'{found:-을/를} 받았습니다.{near} 쓸 수 있는 값: "
        "{known}",
    },
    "emotion_not_asked": {
        "en": "An emotion model was named, but --what {what} does not ask for emotions. Add emotion to --what, or leave the model "
        "out.",
        "ko": "감정 모델을 지정했지만 --what {what}에는 감정이 없습니다. --what에 emotion을 넣거나 감정 모델을 빼세요.",
    },
    "emotion_alone": {
        "en": "--what emotion adds emotions to the sentiment of each text: --what sentiment,emotion. For emotions alone name their "
        "model: --model emotion",
        "ko": "--what emotion은 텍스트의 감성에 감정을 더합니다: --what sentiment,emotion. 감정만 보려면 모델을 지정하세요: --model emotion",
    },
    "arg_predict_what": {
        "en": "What to add: sentiment, or sentiment,emotion for the columns of both: emotion (labels joined by |) and e_LABEL (44 "
        "intensities).",
        "ko": "무엇을 적을지: sentiment, 또는 감정까지 적는 sentiment,emotion. 감정 열은 emotion(레이블을 |로 이음)과 e_레이블(강도 "
        "44개).",
    },
    "no_sentiment": {
        "en": "'{name}' cannot judge sentiment: one of its labels must mean negative and one positive. Labels: {labels}",
        "ko": "'{name}'{name:-으로/로} 감성을 판단할 수 없습니다. 부정과 긍정을 뜻하는 레이블이 하나씩 있어야 합니다. 레이블: {labels}",
    },
    "no_emotions": {
        "en": "'{name}' cannot judge emotions: it answers the task {task}, and several labels per text (multi_label) are needed.",
        "ko": "'{name}'{name:-으로/로} 감정을 판단할 수 없습니다. 과제가 {task}인데, 텍스트마다 여러 레이블을 답하는 모델(multi_label)이 "
        "필요합니다.",
    },
    "labels_count": {
        "en": "'{name}' has {count} labels, and the file of label names has {given}. Each label needs one name.",
        "ko": "'{name}'의 레이블은 {count}개인데 레이블 이름 파일에는 {given}개가 있습니다. 레이블마다 이름이 하나씩 있어야 합니다.",
    },
    "not_kote": {
        "en": "The labels of '{where}' are not KOTE's 44 emotions: {count} labels. Unknown: {unknown}.{near} Missing: {missing}. "
        "Twice: {twice}. 'maeum data info kote' lists the 44.",
        "ko": "'{where}'의 레이블이 KOTE의 감정 44가지와 다릅니다. 레이블 {count}개. 모르는 것: {unknown}.{near} 빠진 것: {missing}. 두 번 "
        "나온 것: {twice}. 44가지는 'maeum data info kote'에서 볼 수 있습니다.",
    },
    "unknown_table": {
        "en": "There is no table '{name}'.{near} Tables: {known}",
        "ko": "'{name}' 표는 없습니다.{near} 표: {known}",
    },
    # notes
    "note_titles": {
        "en": "Films that KMRD lists ({count:,}) are shown by title, all others by their number.",
        "ko": "KMRD에 있는 영화({count:,}편)는 제목으로, 나머지는 영화 번호로 보여 줍니다.",
    },
    "note_no_titles": {
        "en": "Films are shown by their number: KMRD's list of titles is not at hand ({count} known).",
        "ko": "KMRD의 제목 목록이 없어 영화를 번호로 보여 줍니다(아는 제목 {count}편).",
    },
    "left_unreadable_rows": {
        "en": "Rows that could not be read, left out: {count:,}.",
        "ko": "읽을 수 없어 뺀 행: {count:,}.",
    },
    "left_no_text": {"en": "Rows without text, left out: {count:,}.", "ko": "텍스트가 없어 뺀 행: {count:,}."},
    "left_no_title": {"en": "Reviews without a title, left out: {count:,}.", "ko": "제목이 없어 뺀 리뷰: {count:,}."},
    "left_dates_unreadable": {
        "en": "Dates that could not be read: {count:,} (such as {examples}). Their reviews count in everything but the timeline.",
        "ko": "읽을 수 없는 날짜: {count:,}개(예: {examples}). 그 리뷰는 시간 흐름만 빼고 모두 셉니다.",
    },
    "left_dates_relative": {
        "en": "Dates such as '3일 전' cannot be resolved, for the day they were written is not known: {count:,}. Their reviews count in "
        "everything but the timeline.",
        "ko": "'3일 전' 같은 날짜는 적은 날을 알 수 없어 읽지 못합니다: {count:,}개. 그 리뷰는 시간 흐름만 빼고 모두 셉니다.",
    },
    "left_dates_ambiguous": {
        "en": "Dates that could be two days, such as 03/01/2019: {count:,}. They were read {order}; --day-first and --no-day-first "
        "choose.",
        "ko": "03/01/2019처럼 두 가지로 읽을 수 있는 날짜: {count:,}개. {order} 순서로 읽었습니다. --day-first와 --no-day-first로 "
        "고를 수 있습니다.",
    },
    "order_month": {"en": "month first", "ko": "월/일/연도"},
    "order_day": {"en": "day first", "ko": "일/월/연도"},
    "left_ratings_unreadable": {
        "en": "Stars that could not be read: {count:,} (such as {examples}).",
        "ko": "읽을 수 없는 별점: {count:,}개(예: {examples}).",
    },
    "left_ratings_out_of_range": {
        "en": "Stars off the scale of {scale}, left out of means and agreement: {count:,}.",
        "ko": "{scale}점 만점을 벗어나 평균과 일치도에서 뺀 별점: {count:,}개.",
    },
    "joined": {
        "en": "Titles that differ only in Unicode form or spaces were joined ({count:,}): {shown}",
        "ko": "유니코드 형식이나 띄어쓰기만 다른 제목을 합쳤습니다({count:,}개): {shown}",
    },
    "joined_sources": {
        "en": "Sources that differ only in Unicode form or spaces were joined ({count:,}): {shown}",
        "ko": "유니코드 형식이나 띄어쓰기만 다른 출처를 합쳤습니다({count:,}개): {shown}",
    },
    "no_date": {
        "en": "No column of dates was found (--date-column names one): there is no timeline.",
        "ko": "날짜가 든 열이 없어(--date-column으로 지정) 시간 흐름은 없습니다.",
    },
    "no_rating": {
        "en": "No column of stars was found (--rating-column names one): sentiment is not compared with stars.",
        "ko": "별점이 든 열이 없어(--rating-column으로 지정) 감성을 별점과 견주지 않습니다.",
    },
    "no_source": {
        "en": "No column of sources was found (--source-column names one): sources are not compared.",
        "ko": "출처가 든 열이 없어(--source-column으로 지정) 출처를 비교하지 않습니다.",
    },
    "all_few": {
        "en": "All {titles:,} titles have fewer than {least} reviews. Their figures are written but rest on few reviews, so there are no "
        "distances and no words of titles; --min-reviews lowers the limit. ({few:,} too few)",
        "ko": "제목 {titles:,}개 모두 리뷰가 {least}개보다 적습니다. 수치는 적지만 근거가 되는 리뷰가 적어 제목 사이의 거리와 제목별 단어는 "
        "없습니다. --min-reviews로 기준을 낮출 수 있습니다. (너무 적음 {few:,}개)",
    },
    "some_few": {
        "en": "{few:,} of {titles:,} titles have fewer than {least} reviews and are shown as too few.",
        "ko": "제목 {titles:,}개 가운데 {few:,}개는 리뷰가 {least}개보다 적어 '너무 적음'으로 표시합니다.",
    },
    "only_sentiment": {
        "en": "Emotions were not asked for, so there are only the figures of sentiment. For emotions: --what sentiment,emotion",
        "ko": "감정은 보지 않아 감성 수치만 있습니다. 감정까지 보려면: --what sentiment,emotion",
    },
    "none_counted": {
        "en": "Reviews whose strongest emotion is '없음' (none) count in the emotions' means.",
        "ko": "가장 강한 감정이 '없음'인 리뷰도 감정 평균에 넣었습니다.",
    },
    "none_left_out": {
        "en": "Reviews whose strongest emotion is '없음' (none) are left out of the emotions' means.",
        "ko": "가장 강한 감정이 '없음'인 리뷰는 감정 평균에서 뺐습니다.",
    },
    "training_figure": {
        "en": "The model '{model}' was trained on most of these reviews, so its agreement with their stars is a training figure.",
        "ko": "'{model}' 모델은 이 리뷰 대부분으로 학습했으므로 별점과의 일치도는 학습 데이터에서 잰 수치입니다.",
    },
    # summary on the screen
    "head_title": {"en": "title", "ko": "제목"},
    "head_n": {"en": "reviews", "ko": "리뷰"},
    "head_positivity": {"en": "positivity", "ko": "긍정도"},
    "head_stars": {"en": "stars", "ko": "별점"},
    "head_emotions": {"en": "strongest emotions", "ko": "강한 감정"},
    "few": {"en": "{n:,} (too few)", "ko": "{n:,}(너무 적음)"},
    "more_titles": {
        "en": "Titles not shown: {count:,}. All of them are in the page and in titles.parquet.",
        "ko": "보여 주지 않은 제목: {count:,}개. 페이지와 titles.parquet에 모두 있습니다.",
    },
}
