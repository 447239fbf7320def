"""Sentences of the page that `maeum insight` makes; those named `ui_…` are put together by the page itself."""

MESSAGES = {
    # refusals
    "no_folder": {
        "en": "'{path}' holds no {file}, so there is nothing to make a page of. Name a folder that `maeum insight REVIEWS -o DIR` wrote.",
        "ko": "'{path}'에 {file}{file:-이/가} 없어 페이지를 만들 수 없습니다. `maeum insight 리뷰파일 -o 폴더`가 만든 폴더를 지정하세요.",
    },
    # the verdict
    "title": {"en": "What audiences feel: {data}", "ko": "관객이 느낀 것: {data}"},
    "title_unnamed": {"en": "What audiences feel", "ko": "관객이 느낀 것"},
    "headline": {
        "en": "{reviews:,} reviews of {titles:,} titles; {enough:,} of them have at least {least:,} reviews and are compared.",
        "ko": "제목 {titles:,}개의 리뷰 {reviews:,}건 가운데, 리뷰가 {least:,}건 이상이라 비교할 수 있는 제목은 {enough:,}개입니다.",
    },
    "headline_all": {
        "en": "{reviews:,} reviews of {titles:,} titles, each with at least {least:,} reviews.",
        "ko": "제목 {titles:,}개의 리뷰 {reviews:,}건입니다. 모든 제목에 리뷰가 {least:,}건 이상 있습니다.",
    },
    "headline_one": {"en": "{reviews:,} reviews of {title}.", "ko": "{title}의 리뷰 {reviews:,}건입니다."},
    "headline_none": {
        "en": "{reviews:,} reviews of {titles:,} titles, but no title has {least:,} reviews: the figures are too unsure to compare titles.",
        "ko": "제목 {titles:,}개의 리뷰 {reviews:,}건이지만 리뷰가 {least:,}건 이상인 제목이 없어, 제목끼리 비교하기에는 수치가 불확실합니다.",
    },
    "overall_positive": {"en": "{share} of the reviews are positive.", "ko": "리뷰의 {share}는 긍정입니다."},
    "overall_positive_stars": {
        "en": "{share} of the reviews are positive; their stars are {stars} of {scale} on average.",
        "ko": "리뷰의 {share}는 긍정이며, 별점 평균은 {scale}점 만점에 {stars}점입니다.",
    },
    "overall_emotions": {
        "en": "The strongest emotions over all reviews: {emotions}.",
        "ko": "전체 리뷰에서 가장 강한 감정은 {emotions}입니다.",
    },
    "emotion_share": {"en": "{name} {share}", "ko": "{name} {share}"},
    "agrees_titles": {
        "en": "Titles with more stars are also more positive: rank correlation (Spearman) {rho} over {titles:,} titles.",
        "ko": "별점이 높은 제목일수록 긍정도도 높습니다. 제목 {titles:,}개에서 순위 상관(Spearman) {rho}입니다.",
    },
    "agrees_little": {
        "en": "Positivity follows the stars only in part: rank correlation (Spearman) {rho} over {titles:,} titles.",
        "ko": "긍정도가 별점을 일부만 따라갑니다. 제목 {titles:,}개에서 순위 상관(Spearman) {rho}입니다.",
    },
    "few_titles": {
        "en": "Titles with fewer than {least:,} reviews: {count:,}. They are in the table, marked, but in no comparison.",
        "ko": "리뷰가 {least:,}건보다 적은 제목은 {count:,}개입니다. 표에는 표시와 함께 나오지만 비교에는 넣지 않습니다.",
    },
    "no_emotions": {
        "en": "This page has sentiment only, no emotions: {model} was asked for sentiment alone. For 44 emotions run: maeum insight "
        "REVIEWS -o DIR --what sentiment,emotion",
        "ko": "이 페이지에는 긍정·부정만 있고 감정은 없습니다. {model} 모델로 긍정·부정만 구했기 때문입니다. 44가지 감정은 다음 명령으로 볼 수 "
        "있습니다: maeum insight 리뷰파일 -o 폴더 --what sentiment,emotion",
    },
    "no_sentiment": {
        "en": "This page has emotions only: without sentiment there are no positivity and no map.",
        "ko": "이 페이지에는 감정만 있습니다. 긍정·부정을 구하지 않아 긍정도와 지도가 없습니다.",
    },
    "titles_cut": {
        "en": "The page lists the {shown:,} titles with the most reviews; all {all:,} are in titles.parquet.",
        "ko": "페이지에는 리뷰가 많은 제목 {shown:,}개만 나옵니다. 전체 {all:,}개는 titles.parquet에 있습니다.",
    },
    "details_cut": {
        "en": "To keep the page small, details are here for the {kept:,} titles with the most reviews out of {all:,}; the others are in the "
        "Parquet tables beside it.",
        "ko": "페이지가 너무 커지지 않도록 자세한 내용은 {all:,}개 가운데 리뷰가 많은 {kept:,}개만 담았습니다. 나머지는 함께 있는 Parquet "
        "표에 있습니다.",
    },
    "examples_cut": {
        "en": "Reviews and words are here for {kept:,} of those titles; the others are in reviews.parquet and words.parquet.",
        "ko": "그중 리뷰와 단어까지 담은 제목은 {kept:,}개입니다. 나머지는 reviews.parquet과 words.parquet에 있습니다.",
    },
    # '없음'
    "none_counted": {
        "en": "'없음' (none) counts: {share} of the reviews show no emotion more strongly than '없음'; they stay in the means and lower "
        "all other emotions. --no-count-none leaves them out.",
        "ko": "'없음'을 평균에 넣었습니다. 리뷰의 {share}는 '없음'이 가장 강한데, 이런 리뷰도 평균에 들어가 다른 감정의 수치를 낮춥니다. "
        "--no-count-none을 주면 뺍니다.",
    },
    "none_left_out": {
        "en": "'없음' (none) does not count: {share} of the reviews show no emotion more strongly than '없음' and are left out of the "
        "emotions' means, which so describe only the reviews that show an emotion.",
        "ko": "'없음'을 평균에서 뺐습니다. '없음'이 가장 강한 리뷰({share})는 감정 평균에 들어가지 않으므로, 수치는 감정을 드러낸 리뷰만의 "
        "평균입니다.",
    },
    # introductions
    "titles_intro": {
        "en": "Choose a title to see it further down. Search takes parts of titles and Korean initials (ㄱㅅㅊ finds 기생충).",
        "ko": "제목을 누르면 아래에 자세히 나옵니다. 제목 일부나 초성(ㄱㅅㅊ → 기생충)으로 찾을 수 있습니다.",
    },
    "stars_intro": {
        "en": "Each point is a title: the mean of the stars its reviewers gave, and the positivity of their texts. The model reads the text only, never the "
        "stars.",
        "ko": "점 하나가 제목 하나입니다. 가로는 리뷰를 쓴 사람들이 준 별점의 평균, 세로는 글에서 읽은 긍정도입니다. 모델은 글만 보고 별점은 "
        "보지 않았습니다.",
    },
    "stars_reviews": {
        "en": "Review by review: rank correlation (Spearman) {rho} over {reviews:,} reviews.",
        "ko": "리뷰 하나하나로는 리뷰 {reviews:,}건에서 순위 상관(Spearman) {rho}입니다.",
    },
    "stars_decided": {
        "en": "Of {count:,} reviews with low or high stars, {share} are called what their stars say (low stars {low}, high stars {high}).",
        "ko": "별점이 낮거나 높은 리뷰 {count:,}건 가운데 {share}는 별점과 같은 쪽으로 판정했습니다(낮은 별점 {low}, 높은 별점 {high}).",
    },
    # how to read
    "read_axes": {
        "en": "Positivity and emotions are two questions. A frightening film with high positivity is praised for it; fear, sadness and shock "
        "are never counted as a bad review.",
        "ko": "긍정도와 감정은 서로 다른 질문입니다. 무서우면서 긍정도가 높은 영화는 바로 그 무서움으로 호평받은 것입니다. 공포·슬픔·경악은 나쁜 "
        "리뷰로 세지 않습니다.",
    },
    "read_positivity": {
        "en": "Positivity is the mean probability that a review is positive (0–100 %); its range is a 95 % interval.",
        "ko": "긍정도는 리뷰가 긍정일 확률의 평균(0~100%)이고, 괄호 안은 95% 구간입니다.",
    },
    "read_intensity": {
        "en": "The intensity of an emotion is its mean over the reviews looked at (0–100 %), each review having any number of emotions. "
        "The thin lines are 95 % bootstrap intervals: where two overlap widely, the difference may be chance.",
        "ko": "감정의 세기는 살펴본 리뷰에서의 평균(0~100%)입니다. 리뷰 하나에 감정이 여럿일 수 있습니다. 가는 선은 95% 부트스트랩 구간이며, 두 "
        "구간이 많이 겹치면 차이가 우연일 수 있습니다.",
    },
    "read_colour": {
        "en": "Colours go from unpleasant (orange) over neither (grey) to pleasant (blue) to feel; this valence is our own rating, not a "
        "measured one.",
        "ko": "색은 느끼기에 불쾌한 감정(주황)부터 중간(회색), 유쾌한 감정(파랑)까지입니다. 이 유쾌함 값은 측정한 것이 아니라 저희가 매긴 "
        "것입니다.",
    },
    "read_classes": {
        "en": "The 8 basic emotions (Plutchik) and the coarse classes take, in each review, the strongest of their emotions.",
        "ko": "여덟 가지 기본 감정(플루치크)과 큰 갈래는 리뷰마다 그에 속한 감정 가운데 가장 강한 값을 씁니다.",
    },
    "read_distance": {
        "en": "The distance of two titles is the Hellinger distance of their mixtures of emotions: 0 the same mixture, 1 nothing in common. "
        "Titles with few reviews look further apart than they are.",
        "ko": "두 제목의 거리는 감정 구성비의 헬링거 거리입니다. 0이면 구성이 같고 1이면 겹치는 것이 없습니다. 리뷰가 적은 제목은 실제보다 멀어 "
        "보입니다.",
    },
    "read_words": {
        "en": "Words are those that occur more often in a group of reviews than in all others (log-odds, with a prior for rare words).",
        "ko": "단어는 다른 리뷰보다 그 묶음에서 유난히 자주 나온 것입니다(드문 단어를 감안한 로그 승산비).",
    },
    # the data
    "fact_columns": {"en": "Columns read: {columns}.", "ko": "읽은 열: {columns}."},
    "fact_models": {"en": "Models: {models}.", "ko": "모델: {models}."},
    "model_sentiment": {"en": "sentiment {name}", "ko": "긍정·부정 {name}"},
    "model_emotion": {"en": "emotions {name}", "ko": "감정 {name}"},
    "fact_used": {
        "en": "At most {most:,} reviews per title and source were looked at for emotions ({choose}, seed {seed}).",
        "ko": "감정은 제목과 출처마다 리뷰를 최대 {most:,}건까지 골라 보았습니다({choose}, 시드 {seed}).",
    },
    "choose_spread": {"en": "spread over time", "ko": "기간에 고르게"},
    "choose_newest": {"en": "newest first", "ko": "최신순"},
    "choose_random": {"en": "at random", "ko": "무작위"},
    "fact_on_all": {
        "en": "Sentiment was measured on all reviews, not only on those.",
        "ko": "긍정·부정은 고른 리뷰가 아니라 모든 리뷰에서 구했습니다.",
    },
    # ---- put together by the page ----
    "ui_kicker": {"en": "maeum · insight", "ko": "마음 · 제목별 감정"},
    "ui_contents": {"en": "Contents", "ko": "차례"},
    "ui_needs_script": {
        "en": "Tables and charts of this page need JavaScript, which is switched off here. The same numbers are in the Parquet files beside it.",
        "ko": "이 페이지의 표와 그림에는 자바스크립트가 필요한데 꺼져 있습니다. 같은 수치가 함께 있는 Parquet 파일에 있습니다.",
    },
    "ui_nav_titles": {"en": "Titles", "ko": "제목"},
    "ui_nav_map": {"en": "Map", "ko": "지도"},
    "ui_nav_title": {"en": "One title", "ko": "제목 하나"},
    "ui_nav_emotions": {"en": "What carries it", "ko": "단어와 리뷰"},
    "ui_nav_compare": {"en": "Two titles", "ko": "두 제목 비교"},
    "ui_nav_stars": {"en": "Stars", "ko": "별점"},
    "ui_nav_reading": {"en": "How to read", "ko": "읽는 법"},
    "ui_limits": {"en": "Before you read on", "ko": "읽기 전에"},
    "ui_section_titles": {"en": "Titles", "ko": "제목"},
    "ui_search": {"en": "Search titles", "ko": "제목 찾기"},
    "ui_search_hint": {"en": "기생충, ㄱㅅㅊ …", "ko": "기생충, ㄱㅅㅊ …"},
    "ui_show": {"en": "Show", "ko": "보기"},
    "ui_show_all": {"en": "all titles", "ko": "모든 제목"},
    "ui_show_enough": {"en": "enough reviews", "ko": "리뷰가 충분한 제목"},
    "ui_show_few": {"en": "too few reviews", "ko": "리뷰가 부족한 제목"},
    "ui_found": {"en": "{found} of {all} titles", "ko": "제목 {all}개 중 {found}개"},
    "ui_nothing_found": {"en": "No title fits “{query}”.", "ko": "‘{query}’에 맞는 제목이 없습니다."},
    "ui_too_few": {"en": "too few", "ko": "리뷰 부족"},
    "ui_page_before": {"en": "Previous", "ko": "이전"},
    "ui_page_next": {"en": "Next", "ko": "다음"},
    "ui_page_of": {"en": "{page} of {pages}", "ko": "{page} / {pages}"},
    "ui_col_title": {"en": "Title", "ko": "제목"},
    "ui_col_reviews": {"en": "Reviews", "ko": "리뷰"},
    "ui_col_used": {"en": "Used", "ko": "사용"},
    "ui_col_positivity": {"en": "Positivity", "ko": "긍정도"},
    "ui_col_stars": {"en": "Stars", "ko": "별점"},
    "ui_col_dark": {"en": "Fear · sadness · shock", "ko": "공포·슬픔·경악"},
    "ui_col_strongest": {"en": "Strongest emotions", "ko": "강한 감정"},
    "ui_dates": {"en": "Written", "ko": "작성 기간"},
    "ui_axis_positivity": {"en": "Positivity", "ko": "긍정도"},
    "ui_axis_dark": {"en": "Fear, sadness or shock", "ko": "공포·슬픔·경악"},
    "ui_axis_dark_of": {
        "en": "Fear, sadness or shock (strongest: {emotion})",
        "ko": "공포·슬픔·경악 (가장 강한 것: {emotion})",
    },
    "ui_section_map": {"en": "Frightening or sad, and liked or not", "ko": "무섭고 슬픈가, 그래서 좋았는가"},
    "ui_map_intro": {
        "en": "Positivity and the strongest of fear, sadness and shock are two axes: what lies top right frightened or saddened its audience and is "
        "praised for it. Point at a dot for its title; click to see it below.",
        "ko": "긍정도와 ‘공포·슬픔·경악 가운데 가장 강한 것’은 서로 다른 축입니다. 오른쪽 위에 있는 작품은 관객을 무섭게 하거나 슬프게 했고, 그래서 "
        "호평받았습니다. 점에 올리면 제목이, 누르면 아래에 자세한 내용이 나옵니다.",
    },
    "ui_map_empty": {
        "en": "No title has enough reviews for this picture.",
        "ko": "리뷰가 충분한 제목이 없어 그림을 그릴 수 없습니다.",
    },
    "ui_map_cut": {
        "en": "Drawn: the {shown} titles with the most reviews used, of {all}. All are in the table.",
        "ko": "제목 {all}개 가운데 사용한 리뷰가 많은 {shown}개를 그렸습니다. 표에는 모두 있습니다.",
    },
    "ui_map_label": {
        "en": "Map of {count} titles by positivity and fear, sadness or shock; the same numbers are in the table of titles",
        "ko": "긍정도와 공포·슬픔·경악으로 본 제목 {count}개의 지도. 같은 수치가 제목 표에 있습니다",
    },
    "ui_corner_dark_liked": {"en": "dark and praised", "ko": "무섭거나 슬프고, 호평"},
    "ui_corner_dark_disliked": {"en": "dark and panned", "ko": "무섭거나 슬프고, 혹평"},
    "ui_corner_light_liked": {"en": "light and praised", "ko": "가볍고, 호평"},
    "ui_corner_light_disliked": {"en": "light and panned", "ko": "가볍고, 혹평"},
    "ui_all_titles": {"en": "All titles together", "ko": "모든 제목 함께"},
    "ui_all_intro": {
        "en": "Choose a title in the table or on the map to see it here.",
        "ko": "표나 지도에서 제목을 고르면 여기에 나옵니다.",
    },
    "ui_few_of_title": {
        "en": "Only {reviews} reviews, and {least} are needed: the figures above are too unsure for charts and comparisons.",
        "ko": "리뷰가 {reviews}건뿐입니다({least}건 이상 필요). 위 수치는 그림이나 비교에 쓰기에는 불확실합니다.",
    },
    "ui_details_left_out": {
        "en": "To keep the page small, details are here only for the {kept} titles with the most reviews. Those of this one are in the Parquet "
        "tables beside the page.",
        "ko": "페이지가 너무 커지지 않도록 자세한 내용은 리뷰가 많은 제목 {kept}개만 담았습니다. 이 제목의 내용은 함께 있는 Parquet 표에 있습니다.",
    },
    "ui_radar": {"en": "Eight basic emotions", "ko": "여덟 가지 기본 감정"},
    "ui_radar_intro": {
        "en": "Mean intensity; the outer ring is the percentage written on it.",
        "ko": "평균 세기입니다. 바깥 테두리가 적힌 퍼센트입니다.",
    },
    "ui_axes": {"en": "Two axes", "ko": "두 개의 축"},
    "ui_axis_single": {"en": "Liked or not", "ko": "좋았는가"},
    "ui_axes_intro": {
        "en": "Fear, sadness and shock are not a bad review. A frightening film with high positivity is praised for it.",
        "ko": "공포·슬픔·경악은 나쁜 평이 아닙니다. 무서우면서 긍정도가 높은 영화는 그 무서움으로 호평받은 것입니다.",
    },
    "ui_dark_liked": {
        "en": "More fear, sadness or shock than half of the titles (middle {middle}), and the reviews are positive: this audience praises it.",
        "ko": "공포·슬픔·경악이 절반의 제목보다 강하고(중앙값 {middle}) 평은 긍정입니다. 관객은 이를 호평합니다.",
    },
    "ui_dark_divided": {
        "en": "More fear, sadness or shock than half of the titles (middle {middle}), and the reviews are divided.",
        "ko": "공포·슬픔·경악이 절반의 제목보다 강하고(중앙값 {middle}) 평은 갈립니다.",
    },
    "ui_dark_disliked": {
        "en": "More fear, sadness or shock than half of the titles (middle {middle}), and the reviews are negative.",
        "ko": "공포·슬픔·경악이 절반의 제목보다 강하고(중앙값 {middle}) 평은 부정입니다.",
    },
    "ui_light_liked": {
        "en": "Less fear, sadness or shock than half of the titles (middle {middle}), and the reviews are positive.",
        "ko": "공포·슬픔·경악이 절반의 제목보다 약하고(중앙값 {middle}) 평은 긍정입니다.",
    },
    "ui_light_divided": {
        "en": "Less fear, sadness or shock than half of the titles (middle {middle}), and the reviews are divided.",
        "ko": "공포·슬픔·경악이 절반의 제목보다 약하고(중앙값 {middle}) 평은 갈립니다.",
    },
    "ui_light_disliked": {
        "en": "Less fear, sadness or shock than half of the titles (middle {middle}), and the reviews are negative.",
        "ko": "공포·슬픔·경악이 절반의 제목보다 약하고(중앙값 {middle}) 평은 부정입니다.",
    },
    "ui_coarse": {"en": "Coarser classes", "ko": "큰 갈래"},
    "ui_coarse_weak": {
        "en": "‘Objective’ rests on '없음' alone and is weak: a text without emotion need not state a fact.",
        "ko": "‘객관’은 '없음'만으로 정해 근거가 약합니다. 감정이 없다고 사실을 적은 글은 아닙니다.",
    },
    "ui_bars": {"en": "Intensity of each emotion", "ko": "감정별 세기"},
    "ui_bars_intro": {
        "en": "Mean over the reviews, with its 95 % bootstrap interval.",
        "ko": "리뷰 평균과 95% 부트스트랩 구간입니다.",
    },
    "ui_bars_all": {"en": "Show all {count}", "ko": "{count}가지 모두 보기"},
    "ui_bars_fewer": {"en": "Show the strongest", "ko": "강한 감정만 보기"},
    "ui_unpleasant": {"en": "unpleasant to feel", "ko": "불쾌한 감정"},
    "ui_pleasant": {"en": "pleasant", "ko": "유쾌한 감정"},
    "ui_time": {"en": "Over time", "ko": "시간에 따른 변화"},
    "ui_time_intro": {
        "en": "Hollow points rest on fewer than {least} reviews; the bars at the foot show how many.",
        "ko": "속이 빈 점은 리뷰가 {least}건보다 적은 때이고, 아래 막대는 리뷰 수입니다.",
    },
    "ui_one_more_line": {"en": "One more emotion", "ko": "감정 하나 더 보기"},
    "ui_sources": {"en": "Sources side by side", "ko": "출처별 비교"},
    "ui_sources_intro": {
        "en": "The same title can be felt differently in different places.",
        "ko": "같은 작품도 쓰인 곳에 따라 다르게 느껴집니다.",
    },
    "ui_source": {"en": "Source", "ko": "출처"},
    "ui_source_distance": {"en": "Distance {one} – {other}: {distance}", "ko": "{one} – {other} 거리 {distance}"},
    "ui_words_of_title": {"en": "Words of this title", "ko": "이 제목의 단어"},
    "ui_words_intro": {
        "en": "Used here more than in reviews of other titles.",
        "ko": "다른 제목의 리뷰보다 여기에서 자주 쓰인 단어입니다.",
    },
    "ui_carriers": {"en": "Reviews that carry each emotion", "ko": "감정이 드러난 리뷰"},
    "ui_carriers_intro": {
        "en": "The reviews in which an emotion is strongest; strongest emotions of the title first.",
        "ko": "그 감정이 가장 강한 리뷰입니다. 이 제목에서 강한 감정부터 나옵니다.",
    },
    "ui_carriers_left_out": {
        "en": "Left out to keep the page small; they are in reviews.parquet.",
        "ko": "페이지가 너무 커지지 않도록 뺐습니다. reviews.parquet에 있습니다.",
    },
    "ui_carriers_none": {"en": "There are no words and examples to show.", "ko": "보여 줄 단어와 예시가 없습니다."},
    "ui_choose_emotion": {"en": "Choose an emotion", "ko": "감정 고르기"},
    "ui_positive": {"en": "positive", "ko": "긍정"},
    "ui_negative": {"en": "negative", "ko": "부정"},
    "ui_words": {"en": "Words", "ko": "단어"},
    "ui_reviews": {"en": "Reviews", "ko": "리뷰"},
    "ui_strongest_titles": {"en": "Titles where it is strongest", "ko": "이 감정이 가장 강한 제목"},
    "ui_stars_of": {"en": "{stars} stars", "ko": "별점 {stars}"},
    "ui_nearest": {"en": "Titles felt most alike", "ko": "가장 비슷하게 느껴진 제목"},
    "ui_nearest_intro": {
        "en": "Distance of the mixtures of emotions: 0 is the same.",
        "ko": "감정 구성의 거리입니다. 0이면 같습니다.",
    },
    "ui_compare_with": {"en": "Compare", "ko": "비교"},
    "ui_section_emotions": {"en": "Words and reviews that carry each emotion", "ko": "감정을 드러내는 단어와 리뷰"},
    "ui_section_emotions_sentiment": {
        "en": "Words and reviews of either side",
        "ko": "긍정과 부정을 드러내는 단어와 리뷰",
    },
    "ui_emotions_intro": {
        "en": "Over all titles; the strongest emotions first.",
        "ko": "모든 제목을 통틀어 보았습니다. 강한 감정부터 나옵니다.",
    },
    "ui_emotions_intro_sentiment": {"en": "Over all titles.", "ko": "모든 제목을 통틀어 보았습니다."},
    "ui_section_compare": {"en": "Two titles", "ko": "두 제목 비교"},
    "ui_compare_intro": {
        "en": "Choose two titles; the box above each list searches it.",
        "ko": "제목 두 개를 고르세요. 목록 위 칸에서 찾을 수 있습니다.",
    },
    "ui_side_left": {"en": "First title", "ko": "첫째 제목"},
    "ui_side_right": {"en": "Second title", "ko": "둘째 제목"},
    "ui_filter": {"en": "Search this list", "ko": "목록에서 찾기"},
    "ui_options_more": {"en": "… {count} more: search above", "ko": "… {count}개 더: 위에서 찾기"},
    "ui_compare_needs_two": {
        "en": "Two titles with enough reviews are needed for a comparison.",
        "ko": "비교하려면 리뷰가 충분한 제목이 두 개 있어야 합니다.",
    },
    "ui_compare_choose": {"en": "Choose two different titles.", "ko": "서로 다른 제목 두 개를 고르세요."},
    "ui_no_emotions_here": {
        "en": "There are no emotions to compare: only sentiment was asked for.",
        "ko": "긍정·부정만 구했으므로 비교할 감정이 없습니다.",
    },
    "ui_differences": {"en": "Where they differ most", "ko": "가장 다른 감정"},
    "ui_differences_intro": {
        "en": "To the right: stronger in {one}; to the left: stronger in {other}. Pale where the difference may be chance (95 % interval holds "
        "zero). The {count} greatest differences.",
        "ko": "오른쪽은 {one}, 왼쪽은 {other} 쪽이 강한 감정입니다. 옅은 막대는 우연일 수 있는 차이입니다(95% 구간에 0 포함). 차이가 큰 {count}가지입니다.",
    },
    "ui_section_stars": {"en": "Do the texts agree with the stars?", "ko": "글과 별점은 일치하는가"},
    "ui_stars_label": {
        "en": "Stars and positivity of {count} titles; the same numbers are in the table of titles",
        "ko": "제목 {count}개의 별점과 긍정도. 같은 수치가 제목 표에 있습니다",
    },
    "ui_section_reading": {"en": "How to read this page", "ko": "이 페이지를 읽는 법"},
    "ui_the_data": {"en": "The data", "ko": "데이터"},
}
